"""Backup: a practice's rows and logins in one file, and back from it.

A backup is data. What may be done in a database, and by whom, is what this program's
migrations make: no statement of the file is ever run.
"""
