"""Shellgame uncovers sanctions-evasion networks and keeps up with them when they move."""
