"""Figures of this machine: a generator of inventories, a bounded HTTP load, the steps that are timed.

Development only: nothing here is imported by the pages or the API.
"""
