"""Opinions at a fixed rate against the real program; see `__main__.py`."""
