"""The pinboard: appointments on their way to another day."""
