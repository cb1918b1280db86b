"""Matching, measured: how right, how fast and how it grows, ours beside its peers in one run. Start with README.md."""
