"""Pure rules of the window."""
