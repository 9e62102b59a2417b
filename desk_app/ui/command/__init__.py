"""A booking in one line, and the line to read to the caller afterwards."""
