"""The first run: what a new practice is asked before its first day."""
