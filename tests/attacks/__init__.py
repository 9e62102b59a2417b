"""What people try with their own login and psql in hand, and that it does not work."""
