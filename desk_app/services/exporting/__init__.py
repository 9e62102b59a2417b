"""Lists of the practice's data, written into files that leave it."""
