"""A provider's own day, and what to do when it runs late or cannot take place."""
