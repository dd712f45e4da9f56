"""The key that protects each child's key."""

from typing import Annotated, Self

from pydantic import Field, SecretStr, model_validator

from service.configuration.group import AbsolutePath, Group, refuse_two_sources


class KeepingSecret(Group):
    """The key that protects each child's key."""

    master_key: SecretStr | None = None
    """The key that protects each child's key: 32 bytes in base64. Where there are several, the first protects new ones."""

    master_key_file: AbsolutePath | None = None
    """A file with that key, one a line; a private database makes its own."""

    master_key_command: Annotated[str | None, Field(repr=False)] = None
    """A command that prints that key, such as the client of a key management service. It is run without a shell."""

    @model_validator(mode="after")
    def the_master_key_has_one_source(self) -> Self:
        """Two sources would leave open which one counts."""
        refuse_two_sources(self, "master_key", "master_key_file")
        refuse_two_sources(self, "master_key", "master_key_command")
        refuse_two_sources(self, "master_key_file", "master_key_command")
        return self
