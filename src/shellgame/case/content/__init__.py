"""What stands in a dossier, part by part, ready to be printed: every text visible, every statement with its numbers."""
