"""How the practice does: periods, what is counted in them, and the sums of it."""
