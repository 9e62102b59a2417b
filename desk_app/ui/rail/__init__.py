"""The left rail: a month, the providers to show, free times of a service."""
