"""The rig: phones, a bad network, and everything that dies under them (TRUST.md, « Faults it must pass »)."""
