"""Loops beside the window: objects with `run(stop, report)`, without Qt."""
