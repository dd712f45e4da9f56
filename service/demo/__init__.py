"""Inventshire: an authority that does not exist, with schools, providers and placements in every situation."""
