"""The page on which clients and appointments come in from a file."""
