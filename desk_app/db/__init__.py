"""The shared PostgreSQL: tables, sessions, locks, notices, reads, bundled server."""
