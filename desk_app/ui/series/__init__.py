"""Recurring appointments: booking them, and changing one or all that follow."""
