"""Why a time of the schedule cannot be had."""
