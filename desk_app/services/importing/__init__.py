"""Rows of other programs brought into the practice, all of them or none."""
