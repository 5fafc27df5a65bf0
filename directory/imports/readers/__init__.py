"""Readers of files: each format gives the same rows, one at a time, whatever the size of the file."""
