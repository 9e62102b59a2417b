"""Files of other calendars, brought into the practice."""
