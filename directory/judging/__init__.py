"""Judged cases as a folder gives them, a house to throw away that holds their inventory, and the rankers that
are tried on it. What is measured, and how, is in `matching.evaluation`."""
