"""The page of what providers offer."""
