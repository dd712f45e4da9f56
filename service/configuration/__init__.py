"""What can be set, by what it is about. `service/settings.py` joins it all."""
