"""The page of what the practice is called and where it is."""
