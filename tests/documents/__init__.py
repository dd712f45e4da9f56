"""The documents: made pages are up to date, links lead somewhere, and the walkthrough happens as it is told."""
