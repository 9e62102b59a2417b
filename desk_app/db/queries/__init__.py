"""Reads and writes as functions that give SQL, its values and how to read the answer.

`ask` sends any number of them in one round trip.
"""
