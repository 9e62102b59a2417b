"""Services that give links for appointments by video."""
