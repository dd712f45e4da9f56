"""The address at which the service is reached."""

import errno
import http.client
import socket

from service.plain_error import PlainError

BACKLOG = 512
EVERY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - compared with, not listened on


def listen(host: str, port: int) -> socket.socket:
    """Listen; the parent does, so that callers wait, and are not refused, while the API starts again."""
    try:
        family, _, _, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listening = socket.socket(family, socket.SOCK_STREAM)
        try:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind(address)
            listening.listen(BACKLOG)
        except OSError:
            listening.close()
            raise
        return listening
    except OSError as error:
        raise PlainError(why_not(host, port, error)) from None


def why_not(host: str, port: int, error: OSError) -> str:
    """The one sentence for an address that cannot be listened on."""
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} of {host} is taken: stop what uses it, or choose another with --port."
    if error.errno == errno.EACCES:
        return f"Port {port} may not be used by this account: choose one above 1023 with --port."
    return f"{host} is no address of this computer: choose another with --host."


def url_of(listening: socket.socket) -> str:
    """Where a browser on this computer finds it."""
    host, port = listening.getsockname()[:2]
    host = EVERY_ADDRESS.get(host, host)
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def is_live(listening: socket.socket) -> bool:
    """Whether the API answers there."""
    host, port = listening.getsockname()[:2]
    connection = http.client.HTTPConnection(EVERY_ADDRESS.get(host, host), port, timeout=1)
    try:
        connection.request("GET", "/health/live")
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
