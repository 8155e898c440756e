"""What each page says, taken from the store: contexts for the templates and values for the JSON twins."""
