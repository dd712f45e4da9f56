"""What happens by itself: the triggers, on a real history."""
