"""Random walks through a real Chromium, with faults everywhere, and a checker: what was told is kept is kept."""
