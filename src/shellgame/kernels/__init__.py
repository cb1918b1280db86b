"""Compiled functions over arrays; each has a plain twin in `tests/kernels` that says the same in readable Python."""
