"""What leaves the practice in a file."""
