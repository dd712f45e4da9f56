"""What must be true before a placement may move: one file per gate, one sentence per rule."""
