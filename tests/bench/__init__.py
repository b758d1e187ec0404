"""How fast opinions reach the disk, beside PostgreSQL's own benchmark; see `__main__.py`."""
