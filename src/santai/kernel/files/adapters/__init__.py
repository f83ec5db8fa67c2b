"""Wrappers: the folder that holds the bytes, the libraries that look into them."""
