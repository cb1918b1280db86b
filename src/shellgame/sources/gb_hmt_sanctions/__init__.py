"""The Consolidated List of Financial Sanctions Targets of the UK Treasury, published until January 2026."""
