"""Who said it, who they had it from, and how many people independently know."""
