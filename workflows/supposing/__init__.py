"""What if: a trigger, a rule or a number tried on the real history, with nothing written.

Open `what_if.py` first. `walking.py` goes through the history once; `firing.py` says which triggers would have acted, and when;
`scoring.py` holds that against the breakdowns that came; `weighing.py` says which decisions would have been refused; `files.py` counts
the duties, for `what_if.py` to tell which would have been late.
"""
