"""Companies House: persons with significant control, and basic company data."""
