"""Which records are one party, and where each party is listed."""
