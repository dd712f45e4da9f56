"""Good requests, one for every command, by the record they are about."""
