"""Checks of one row: each is a small function over a draft; `row_checker` runs them in order."""
