"""Forms made from the schemas of commands: a new command, or a new field, has its form without a line of code."""
