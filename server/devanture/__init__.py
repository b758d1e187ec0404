"""Devanture: residents say what they want behind empty shopfronts, and towns see it on a map they can check."""

__version__ = "0.1.0"
