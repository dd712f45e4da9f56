"""The nouns of alternative provision: what exists, what happened, what must be true. No clock, no database, no web."""
