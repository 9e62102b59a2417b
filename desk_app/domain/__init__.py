"""Pure rules of the front desk: no I/O, no clock, no Qt."""
