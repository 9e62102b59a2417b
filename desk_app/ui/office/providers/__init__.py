"""The page of those who see clients."""
