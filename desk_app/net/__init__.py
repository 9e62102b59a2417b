"""The way to services outside: one HTTP client, its failures translated."""
