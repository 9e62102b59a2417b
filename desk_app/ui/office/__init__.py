"""One window for everything that is set up: the practice, its settings, this desk."""
