"""The waiting room: arrivals, walk-ins, and who did not come."""
