"""Files in, checked records out: read, map, check, hand over, and tell what became of each row."""
