"""The words in which people are told."""
