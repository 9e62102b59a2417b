"""Searching over all appointments, beside the schedule."""
