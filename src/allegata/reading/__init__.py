"""Document to Reading: sentences and roles, statements, speakers, places, acts, forecasts."""

READER = "rules-1"
"""Name and version of the reader; a Reading is made anew when it changes."""
