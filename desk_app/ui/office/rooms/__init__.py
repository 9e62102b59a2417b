"""The page of rooms."""
