"""The page of closed days: public holidays, and days of the practice."""
