"""What must be done by when, worked out from what is recorded: one file for each subject. Open `all_duties.py` first."""
