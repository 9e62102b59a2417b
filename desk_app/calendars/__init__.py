"""Calendars of the providers outside the practice."""
