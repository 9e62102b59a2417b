"""Ways by which messages leave the practice: e-mail, push, text message."""
