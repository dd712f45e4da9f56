"""The catalogue of parameters: every number that people may change, by what counts with it."""
