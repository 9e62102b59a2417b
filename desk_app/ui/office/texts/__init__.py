"""The page on which a practice writes its own texts of messages."""
