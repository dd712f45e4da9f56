"""The service is hit while it works: what was acknowledged is there, and what was asked for twice was done once."""
