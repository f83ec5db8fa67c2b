"""Acts of crypto."""
