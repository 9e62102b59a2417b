"""What a person sees and touches: PySide6 only, no database, no network."""
