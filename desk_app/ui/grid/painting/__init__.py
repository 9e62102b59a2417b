"""How the grid looks: ink, background, offers, cards, and what lies on top."""
