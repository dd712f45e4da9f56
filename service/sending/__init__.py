"""Sends what is in the outbox, by the ways that are set up."""
