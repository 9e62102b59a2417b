"""Taking back what was done at this desk."""
