"""Pages by which a manager says how messages leave, and what they say."""
