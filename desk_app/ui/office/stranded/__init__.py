"""Appointments that a change would leave without hours or a place."""
