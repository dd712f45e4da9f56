"""What happens by itself. A trigger is a sentence: read `all_triggers.py` for the list, then any of the files `of_…`.

A trigger looks at what happened, or at a duty that fell due, and at the records as they were right after it, and says which commands
follow. It asks no clock and no database, so the same history gives the same answer today, in a back-test, and in ten years. `acting.py`
performs the commands, each once for its cause; the worker follows the history and the clock.
"""
