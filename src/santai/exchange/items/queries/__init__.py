"""Reads of the catalogue: versions, drafts and what is wrong with them."""
