"""Whether everything that is stored is as it was written, and says what the history says."""
