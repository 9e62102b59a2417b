"""How the practice does, as pictures and tables in place of the schedule."""
