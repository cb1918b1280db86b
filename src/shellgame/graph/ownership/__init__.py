"""Who owns and controls whom on a day, and what each jurisdiction's rule makes of it."""
