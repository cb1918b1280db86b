"""Cases and their dossiers."""
