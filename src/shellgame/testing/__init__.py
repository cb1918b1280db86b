"""For testing Shellgame and what is built on it: golden claims and invented worlds."""
