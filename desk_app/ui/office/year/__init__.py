"""A provider’s year: days away, other and extra hours."""
