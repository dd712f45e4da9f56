"""Stories about one placement."""

from tests.support.story import story

__all__ = ["story"]
