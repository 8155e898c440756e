"""The models that ship, each with a card that says what it is, where it comes from and what it gets wrong."""
