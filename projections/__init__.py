"""What people look at: one read model a file, made from the history and made anew whenever it changes shape."""
