"""One folder per source: bytes in, claims out."""
