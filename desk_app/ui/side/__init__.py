"""The pane at the right of the schedule."""
