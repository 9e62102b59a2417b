"""What `desk-app` can be told: one file per subject, each with its options and its act.

`cli.py` joins them. Whatever takes long to import is imported inside a command.
"""
