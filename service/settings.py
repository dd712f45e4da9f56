"""Everything the service can be told from outside, read from environment variables; `service/configuration/` lists and explains it."""

import os
from typing import Any

from pydantic import SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from service.configuration.database import Database
from service.configuration.group import PREFIX
from service.configuration.keeping_secret import KeepingSecret
from service.configuration.messages import Messages
from service.configuration.proof import Proof
from service.configuration.running import Running
from service.configuration.signing_in import SigningIn
from service.plain_error import PlainError

FORMER = {f"{PREFIX}PUBLIC_URL": f"{PREFIX}PUBLIC_ADDRESS"}
"""Settings that were called otherwise: whoever still gives one would believe that it counts."""


class Settings(Database, Running, SigningIn, KeepingSecret, Proof, Messages, BaseSettings):
    """What the service reads from its environment; each name has PLACEMENTS_ in front, as in PLACEMENTS_PORT."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, extra="ignore")

    def changed(self, **values: Any) -> "Settings":
        """The same settings with some of them replaced; what is None stays as it was."""
        return self.model_copy(update={name: value for name, value in values.items() if value is not None})

    def as_environment(self) -> dict[str, str]:
        """What to give a process so that it reads these same settings."""
        given = {name: getattr(self, name) for name in self.model_fields_set}
        return {PREFIX + name.upper(): as_text(value) for name, value in given.items() if value is not None}


def as_text(value: object) -> str:
    """A setting as it is written in the environment."""
    return value.get_secret_value() if isinstance(value, SecretStr) else str(value)


def read_settings(**given: Any) -> Settings:
    """The settings of the environment, with those of the command line (when not None) in front of them. Raises PlainError."""
    for former, now in FORMER.items():
        if os.environ.get(former):
            raise PlainError(f"{former} is not read any more: give the same address as {now}.")
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        raise PlainError(explain(error)) from None


def explain(error: ValidationError) -> str:
    """Which settings are wrong and how, without repeating what they hold: it may be a secret."""
    wrong = []
    for problem in error.errors(include_input=False, include_context=False, include_url=False):
        said = problem["msg"].removeprefix("Value error, ")
        wrong.append(f"{PREFIX}{str(problem['loc'][0]).upper()}: {said}" if problem["loc"] else said)
    return f"The settings cannot be used: {'; '.join(wrong)}."
