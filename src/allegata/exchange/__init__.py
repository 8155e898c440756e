"""Other forms of what a store holds: JSON Lines out and in, claims as a table."""
