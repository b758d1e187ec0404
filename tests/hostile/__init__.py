"""What strangers send: `values` for Hypothesis, `requests` by the million for a running program (`__main__`)."""
