"""Pages that are a list: what stands in a row, and what is done by keys."""
