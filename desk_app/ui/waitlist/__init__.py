"""The waiting list: who would come sooner, and whom to ring about a free time."""
