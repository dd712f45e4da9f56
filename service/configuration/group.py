"""What every group of settings is: read once, never changed, and each setting explained where it stands."""

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict

PREFIX = "PLACEMENTS_"

# A relative path means the folder in which the command was typed, also for the processes it starts.
AbsolutePath = Annotated[Path, AfterValidator(lambda path: path.expanduser().absolute())]


class Group(BaseModel):
    """Settings that belong together.

    A setting has a default only where that is right on one person's computer and harmless in production.
    Whatever is secret, or says who may sign in, has none.
    """

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)


def refuse_two_sources(group: Group, one: str, other: str) -> None:
    """Two sources of one thing would leave open which one counts. Raises ValueError."""
    if getattr(group, one) is not None and getattr(group, other) is not None:
        raise ValueError(f"set {PREFIX}{one.upper()} or {PREFIX}{other.upper()}, not both")
