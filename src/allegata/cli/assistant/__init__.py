"""The same verbs for assistants: a server of the Model Context Protocol over a store."""
