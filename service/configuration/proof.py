"""The key that signs the ledger, and who is shown its checkpoints."""

from typing import Annotated, Self

from pydantic import Field, SecretStr, model_validator

from service.configuration.group import AbsolutePath, Group, refuse_two_sources


class Proof(Group):
    """The key that signs the ledger, and who is shown its checkpoints."""

    ledger_key: SecretStr | None = None
    """The key that signs the ledger: 32 bytes in base64. Without one, events are not sealed."""

    ledger_key_file: AbsolutePath | None = None
    """A file with that key; a private database makes its own."""

    ledger_name: str | None = None
    """The name of the ledger in its checkpoints, such as council.example/placements; made from its key without one."""

    ledger_former_keys: str | None = None
    """Public keys that signed this ledger before, as `name+id+key` with spaces between them; they go on being trusted."""

    witness_folder: AbsolutePath | None = None
    """A folder that is given checkpoints, on a disk that those who run the database cannot write to."""

    witness_mail: str | None = None
    """An address that is sent checkpoints, through `mail_server`."""

    witnesses: str | None = None
    """Witnesses of other organisations, as `URL#name+id+key` with spaces between them."""

    stamping_url: str | None = None
    """A time-stamping authority (RFC 3161) that stamps checkpoints."""

    witness_every: Annotated[int, Field(ge=1)] = 3600
    """Seconds from one checkpoint for a witness to the next."""

    @model_validator(mode="after")
    def the_ledger_key_has_one_source(self) -> Self:
        """Two sources would leave open which one counts."""
        refuse_two_sources(self, "ledger_key", "ledger_key_file")
        return self
