"""Specs as contracts: which files are meant, what is wrong in each, and what the project's configuration says of it."""
