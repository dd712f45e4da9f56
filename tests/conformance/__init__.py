"""Whether the project is still in shape: what is stored for ever, what must be sealed, how modules look."""
