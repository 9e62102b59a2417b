"""Files of calendars (iCalendar, RFC 5545): their lines, values and events."""
