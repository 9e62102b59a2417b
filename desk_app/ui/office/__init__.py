"""The office: one window for everything that a manager sets."""
