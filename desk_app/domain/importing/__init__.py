"""Files of other programs, made into rows: what they hold, and what is wrong where."""
