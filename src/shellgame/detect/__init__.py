"""Patterns by which people hide who owns what: each says what fired, what did not, and what cannot be said."""
