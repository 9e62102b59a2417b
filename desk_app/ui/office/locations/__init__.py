"""The page of locations."""
