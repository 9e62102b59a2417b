"""Calendars of other programs, brought into the practice."""
