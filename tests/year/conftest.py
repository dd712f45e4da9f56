"""A history with its read models."""

from tests.projections.conftest import dsn, history

__all__ = ["dsn", "history"]
