"""What if: a trigger, a rule or a number tried on the real history, with nothing written.

`walking.py` goes through the history once; `firing.py` says which triggers would have acted, and when; `scoring.py` holds that against
the breakdowns that came; `weighing.py` says which decisions would have been refused; `counting_again.py` which duties would have been late.
"""
