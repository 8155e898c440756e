"""Steps from one schema of the store to the next. A step never changes once it was released."""
