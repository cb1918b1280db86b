"""Versioned claims on disk, and views of any day."""
