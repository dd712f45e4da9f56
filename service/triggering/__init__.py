"""The job that acts by itself: it follows the history and the clock, and lets the triggers of `workflows/triggers/` act."""
