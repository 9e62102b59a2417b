"""What a front desk can do, one file per capability."""
