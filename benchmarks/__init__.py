"""What the service costs, beside what the same work costs with nothing of ours in between: `python3 manage.py bench`.

Figures differ from machine to machine and from hour to hour, ratios of one run much less: so every figure has beside it the
barest way to do the same work, measured in turns with it.
"""
