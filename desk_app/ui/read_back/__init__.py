"""The line to read to the caller after a booking."""
