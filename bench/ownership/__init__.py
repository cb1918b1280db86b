"""Ownership rules on graphs of the size of the world's registers."""
