"""The page of one decision: what was known when it was taken, and marked apart what became known later. Open `page.py` first."""
