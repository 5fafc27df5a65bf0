"""The middle floor: from what a person needs to a ranked, explained list. No web, no SQL."""
