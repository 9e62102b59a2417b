"""desk_app: the front desk of an appointment practice."""

__version__ = "0.1.0"
