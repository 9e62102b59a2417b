"""The settings in one place: each with its effect, its default and a way back."""
