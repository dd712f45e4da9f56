"""The running thing: settings, wiring, the private database, the worker and the command line."""
