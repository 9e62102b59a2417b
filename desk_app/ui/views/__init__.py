"""Ways of looking at the schedule: hidden names, colours, saved views, a month."""
