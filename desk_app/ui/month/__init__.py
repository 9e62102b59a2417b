"""A month of counts, in place of the schedule."""
