"""What managers set up: staff, access, the keys of other desks."""
