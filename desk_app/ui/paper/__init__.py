"""The schedule on paper: what stands on it, where, and how it gets there."""
