"""What a practice does with its clients' data: history, export, erasing."""
