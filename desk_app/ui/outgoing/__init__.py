"""What leaves the practice, as people at a desk see it."""
