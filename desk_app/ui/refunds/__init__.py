"""Refunds that are still to be given."""
