"""Text into names, tokens and codes."""
