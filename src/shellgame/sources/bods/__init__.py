"""The Beneficial Ownership Data Standard, 0.2 to 0.4, of any publisher."""
