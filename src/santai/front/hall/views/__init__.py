"""Pages of the hall, by what one does there; each makes one call to the door and shows what it said."""
