"""What people do: commands, the table of moves, who may, and the one way in (`casework.py`). Start with `placement_moves.py`."""
