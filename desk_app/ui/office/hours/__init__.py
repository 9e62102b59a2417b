"""The page of weekly hours: a week that is drawn, typed, or copied."""
