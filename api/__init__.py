"""How the service is reached over HTTP. Start with `app`; one resource or concern a file."""
