"""The office: one window for everything a practice is set up with."""
