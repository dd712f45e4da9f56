"""What gets written down on the way: each file is one subject, each class one thing that is recorded whole."""
