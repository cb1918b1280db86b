"""Australia's consolidated list of sanctions."""
