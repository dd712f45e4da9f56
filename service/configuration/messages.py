"""How messages reach people and systems, and when nobody is disturbed."""

from datetime import time

from pydantic import SecretStr

from service.configuration.group import AbsolutePath, Group


class Messages(Group):
    """How messages reach people and systems, and when nobody is disturbed."""

    mail_server: str | None = None
    """The server that takes letters, as host:port."""

    mail_from: str | None = None
    """Who sends them."""

    mail_tls: bool = True
    """Whether that server is spoken to over TLS: STARTTLS, or from the first byte where its port is 465."""

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
