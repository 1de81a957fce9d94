"""Questions about a calculated network: comparisons."""
