"""Annexes of EU sanctions acts, transcribed from the Official Journal: source `eu_journal_sanctions`."""
