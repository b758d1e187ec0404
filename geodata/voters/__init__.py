"""Invented voters for a demonstration and for benchmarks: never mixed with real ones."""
