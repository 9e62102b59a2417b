"""Files that come into the practice, and files that leave it."""
