"""How people and programs sign in: by tokens, and to the pages through an OpenID Connect service."""

from typing import Self
from urllib.parse import urlsplit

from pydantic import SecretStr, field_validator, model_validator

from service.configuration.group import PREFIX, AbsolutePath, Group, refuse_two_sources

LOOPBACK = ("localhost", "127.0.0.1", "::1")


class SigningIn(Group):
    """How people and programs sign in: by tokens, and to the pages through an OpenID Connect service."""

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
    """Where people find us, as https://placements.council.example: the sign-in service sends them back to it, and messages link to it."""

    session_key: SecretStr | None = None
    """The key that signs people's sessions in the pages: 32 bytes in base64. Without one, there are no pages."""

    session_key_file: AbsolutePath | None = None
    """A file with that key; a private database makes its own."""

    @field_validator("jwks_url", "oidc_issuer", "public_address")
    @classmethod
    def keys_come_over_tls(cls, url: str | None) -> str | None:
        """Whoever could change on the way what comes from there could sign in as anyone."""
        if url is not None:
            parts = urlsplit(url)
            if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
                raise ValueError("it must be an https address")
        return url

    @model_validator(mode="after")
    def signing_in_is_whole(self) -> Self:
        """A sign-in service needs to know us, and where to send people back to."""
        if self.oidc_issuer and not (self.oidc_client_id and self.public_address):
            raise ValueError(
                f"with {PREFIX}OIDC_ISSUER set {PREFIX}OIDC_CLIENT_ID and {PREFIX}PUBLIC_ADDRESS, too"
            )
        return self

    @model_validator(mode="after")
    def signing_in_has_one_source_of_keys(self) -> Self:
        """Two sources would leave open which one counts."""
        refuse_two_sources(self, "jwks_file", "jwks_url")
        refuse_two_sources(self, "session_key", "session_key_file")
        refuse_two_sources(self, "oidc_client_secret", "oidc_client_secret_file")
        return self
