"""What went wrong, for the person who runs the service, in one plain sentence that says what to do."""


class PlainError(Exception):
    """Shown as it is, without a traceback; the command ends with status 1."""
