"""Benchmarks, apart from the tests: `python -m tests.benchmarks [name ...]`.

Each `bench_*.py` has `run() -> list[Figure]`; see `timing`.
"""
