"""What others did while a person was away, beside the schedule."""
