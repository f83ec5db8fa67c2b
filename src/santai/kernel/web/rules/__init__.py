"""Pure formatting: text, colours, chart geometry, message catalogues."""
