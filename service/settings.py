"""Everything the service can be told from outside, in one place, read from environment variables."""

import os
from datetime import time
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from service.plain_error import PlainError

PREFIX = "PLACEMENTS_"
CHECKOUT = Path(__file__).resolve().parent.parent
LOOPBACK = ("localhost", "127.0.0.1", "::1")
TWO_SOURCES = (
    ("jwks_file", "jwks_url"),
    ("master_key", "master_key_file"),
    ("master_key", "master_key_command"),
    ("master_key_file", "master_key_command"),
    ("ledger_key", "ledger_key_file"),
    ("session_key", "session_key_file"),
    ("oidc_client_secret", "oidc_client_secret_file"),
)

# A relative path means the folder in which the command was typed, also for the processes it starts.
AbsolutePath = Annotated[Path, AfterValidator(lambda path: path.expanduser().absolute())]


class Settings(BaseSettings):
    """What the service reads from its environment; each name has PLACEMENTS_ in front, as in PLACEMENTS_PORT.

    A setting has a default only where that is right on one person's computer and harmless in production.
    Whatever is secret, or says who may sign in, has none.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, extra="ignore", frozen=True, use_attribute_docstrings=True
    )

    database_url: Annotated[str | None, Field(repr=False)] = None
    """The PostgreSQL database to use, with its TLS parameters; without one, a private server is started."""

    owner_url: Annotated[str | None, Field(repr=False)] = None
    """The same database under the role that owns it, for `setup` alone: then `database_url` names a lesser role, for
    which the database itself refuses to change the history."""

    data: AbsolutePath = CHECKOUT / ".placements"
    """The folder of the private database and of the keys made for it."""

    pg_bin: AbsolutePath | None = None
    """The folder of the PostgreSQL programs for the private database; they are searched for without it."""

    private_database: bool = False
    """Whether `database_url` is the private server; set by the service itself for the processes it starts."""

    host: str = "127.0.0.1"
    """The address to listen on; only this computer can reach the default."""

    port: Annotated[int, Field(ge=0, le=65535)] = 8000
    """The port to listen on; 0 takes any that is free."""

    pool_size: Annotated[int, Field(ge=1, le=100)] = 5
    """How many database connections each process keeps."""

    jwks_file: AbsolutePath | None = None
    """The public keys that sign-in tokens are checked against, as a JWKS file."""

    jwks_url: str | None = None
    """The address to fetch those keys from instead."""

    token_issuer: str | None = None
    """Who must have issued a sign-in token."""

    token_audience: str | None = None
    """Whom a sign-in token must be meant for."""

    oidc_issuer: str | None = None
    """The OpenID Connect service by which people sign in to the pages, as https://sign-in.council.example."""

    oidc_client_id: str | None = None
    """What that service calls this one."""

    oidc_client_secret: SecretStr | None = None
    """The secret that the two share; a service that knows public clients needs none."""

    oidc_client_secret_file: AbsolutePath | None = None
    """A file with that secret."""

    oidc_person_claim: str = "sub"
    """The claim that names the person as roles are granted to them: sub, email, or one of the service's own."""

    public_address: str | None = None
    """Where browsers find the pages, as https://placements.council.example: the sign-in service sends people back to it."""

    master_key: SecretStr | None = None
    """The key that protects each child's key: 32 bytes in base64. Where there are several, the first protects new ones."""

    master_key_file: AbsolutePath | None = None
    """A file with that key, one a line; a private database makes its own."""

    master_key_command: Annotated[str | None, Field(repr=False)] = None
    """A command that prints that key, such as the client of a key management service. It is run without a shell."""

    ledger_key: SecretStr | None = None
    """The key that signs the ledger: 32 bytes in base64. Without one, events are not sealed."""

    ledger_key_file: AbsolutePath | None = None
    """A file with that key; a private database makes its own."""

    ledger_name: str | None = None
    """The name of the ledger in its checkpoints, such as council.example/placements; made from its key without one."""

    session_key: SecretStr | None = None
    """The key that signs people's sessions in the pages: 32 bytes in base64. Without one, there are no pages."""

    session_key_file: AbsolutePath | None = None
    """A file with that key; a private database makes its own."""

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

    mail_server: str | None = None
    """The server that takes letters, as host:port."""

    mail_from: str | None = None
    """Who sends them."""

    mail_tls: bool = True
    """Whether that server is spoken to over TLS: STARTTLS, or from the first byte where its port is 465."""

    check_at: time = time(2, 30)
    """The time of night, in London, from which everything that is stored is checked."""

    public_url: str | None = None
    """The address at which people reach the service, such as https://placements.council.example: for links in messages."""

    mail_user: str | None = None
    """The name to sign in to the mail server with, where it asks for one."""

    mail_password: SecretStr | None = None
    """The password to that name."""

    trusted_authorities: AbsolutePath | None = None
    """A file with certificates to trust besides those of the system: for a mail server or an endpoint of your own."""

    notify_key: SecretStr | None = None
    """The API key of a service at GOV.UK Notify, by which messages go where no mail server is named."""

    notify_url: str = "https://api.notifications.service.gov.uk"
    """Where GOV.UK Notify is."""

    notify_email_template: str | None = None
    """The id of its template for e-mail, with the places ((subject)) and ((body))."""

    notify_sms_template: str | None = None
    """The id of its template for text messages, with the place ((body))."""

    messages_folder: AbsolutePath | None = None
    """A folder for messages where there is neither; with a private database it is `messages` in the data folder."""

    webhooks_may_be_local: bool = False
    """Whether endpoints may lie within this computer's own network: whoever names one could reach what only this computer can."""

    quiet_from: time = time(20, 0)
    """From when in the evening nobody is disturbed, but for safeguarding; London time."""

    quiet_until: time = time(7, 0)
    """Until when in the morning."""

    digest_at: time = time(7, 30)
    """When in the morning each person's digest of what is not urgent is sent; London time."""

    demo: bool = False
    """Fill an empty service with an invented authority."""

    traces_to: str | None = None
    """Where traces are sent, such as http://127.0.0.1:4318/v1/traces; none are made without it. Wants the extra `otel`."""

    log_level: Literal["debug", "info", "warning", "error"] = "info"
    """How much to log."""

    @field_validator("jwks_url", "oidc_issuer", "public_address")
    @classmethod
    def keys_come_over_tls(cls, url: str | None) -> str | None:
        """Whoever could change on the way what comes from there could sign in as anyone."""
        if url is not None:
            parts = urlsplit(url)
            if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
                raise ValueError("it must be an https address")
        return url

    @field_validator("public_url")
    @classmethod
    def links_lead_to_a_web_address(cls, url: str | None) -> str | None:
        """A link in a message that leads nowhere would be found by the first parent who needs it."""
        if url is not None and (urlsplit(url).scheme not in ("https", "http") or not urlsplit(url).hostname):
            raise ValueError("it must be a web address")
        return url

    @model_validator(mode="after")
    def each_key_has_one_source(self) -> "Settings":
        """Two sources would leave open which one counts."""
        for one, other in TWO_SOURCES:
            if getattr(self, one) is not None and getattr(self, other) is not None:
                raise ValueError(f"set {PREFIX}{one.upper()} or {PREFIX}{other.upper()}, not both")
        return self

    @model_validator(mode="after")
    def signing_in_is_whole(self) -> "Settings":
        """A sign-in service needs to know us, and where to send people back to."""
        if self.oidc_issuer and not (self.oidc_client_id and self.public_address):
            raise ValueError(
                f"with {PREFIX}OIDC_ISSUER set {PREFIX}OIDC_CLIENT_ID and {PREFIX}PUBLIC_ADDRESS, too"
            )
        return self

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
    """The settings of the environment, with those of the command line (when not None) in front of them."""
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


def environment_without_settings() -> dict[str, str]:
    """This process's environment, with none of our settings in it."""
    return {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
