"""What can be asked for on the command line: one module a subject, one function a command."""
