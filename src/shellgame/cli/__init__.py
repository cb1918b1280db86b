"""The command line: one module per subject, one way to answer and to fail."""
