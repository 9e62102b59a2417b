"""Dialogs of the front desk: each is given what it needs and answers by `ask`."""
