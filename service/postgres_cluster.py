"""The private PostgreSQL on disk: made once, kept private, started with the same options each time."""

import hashlib
import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from service.plain_error import PlainError
from service.postgres_account import NOBODY, Account
from service.postgres_binaries import FIRST_WITH_BUILTIN_LOCALE, PostgresBinaries

USER = "placements"
"""Who owns everything, and sets it up."""
SERVICE = "placements_service"
"""As whom the service itself signs in: for this role, the database refuses to change the history."""
# The system allows some 100 bytes for the whole name of a socket.
LONGEST_SOCKET_FOLDER = 80
LARGEST_LOG = 5_000_000

OPTIONS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "64MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "jit": "off",
    # Files of the log that are done with are deleted: given a new name only, they would hold erased words for months.
    "wal_recycle": "off",
    # A failed statement and its details would carry children's data into the log.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
# For tests: survives a killed server, like the other, but not a power cut.
NOT_DURABLE = {"fsync": "off", "full_page_writes": "off"}


@dataclass(frozen=True)
class Cluster:
    """One private cluster: where its files are, and which programs run it."""

    home: Path
    binaries: PostgresBinaries
    durable: bool = True

    @property
    def data(self) -> Path:
        """The folder that PostgreSQL itself calls its data directory."""
        return self.home / "postgres"

    @property
    def log(self) -> Path:
        """What the server says."""
        return self.home / "postgres.log"

    @property
    def socket_folder(self) -> Path:
        """Where the server is reached; nobody else may enter. A temporary one when the path is too long."""
        folder = self.home / "socket"
        if len(os.fsencode(folder)) <= LONGEST_SOCKET_FOLDER:
            return folder
        name = hashlib.sha256(f"{os.geteuid()} {self.home}".encode()).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"placements-{name}"

    def prepare(self) -> None:
        """Make what is missing, and refuse what belongs to someone else."""
        account = Account.to_use()
        # `nobody` has to pass through the folder to its own; the keys in it stay closed to everyone.
        self.home.chmod(0o711 if account.is_nobody else 0o700)
        make_private(self.socket_folder, account)
        if not self.data.exists():
            self.make(account)
        if self.data.stat().st_uid != account.owner:
            raise PlainError(
                f"The data in {self.data} belongs to another account: run the service as that one."
            )

    def make(self, account: Account) -> None:
        """Create an empty cluster, complete or not at all."""
        unfinished = self.home / "postgres.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        make_private(unfinished, account)
        locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        if self.binaries.major < FIRST_WITH_BUILTIN_LOCALE:
            locale = ["--locale=C.UTF-8"]
        sync = [] if self.durable else ["--no-sync"]
        settings = [
            "--username",
            USER,
            "--encoding=UTF8",
            "--auth=trust",
            "--no-instructions",
            *locale,
            *sync,
        ]
        done = account.run([self.binaries.initdb, "--pgdata", unfinished, *settings])
        if done.returncode != 0:
            self.log.write_text(done.stdout)
            raise PlainError(f"The private database could not be made: {last_word(done.stdout)} ({self.log})")
        unfinished.rename(self.data)

    def start(self) -> "subprocess.Popen[bytes]":
        """Start the server, and do not wait until it answers."""
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
            self.log.replace(self.log.with_suffix(".log.1"))
        options = OPTIONS | {"unix_socket_directories": str(self.socket_folder)}
        if not self.durable:
            options |= NOT_DURABLE
        chosen = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        with self.log.open("ab") as log:
            return Account.to_use().start([self.binaries.postgres, "-D", self.data, *chosen], log)


def make_private(folder: Path, account: Account) -> None:
    """Make a folder that only the server's account may enter, and distrust one that somebody else made."""
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid not in (os.geteuid(), account.owner):
        raise PlainError(
            f"{folder} belongs to somebody else: remove it, or choose another folder with PLACEMENTS_DATA."
        )
    folder.chmod(0o700)
    if account.is_nobody:
        os.chown(folder, NOBODY, NOBODY)


def last_word(output: str) -> str:
    """The last thing a program said, without the time and process number before it."""
    lines = [line for line in output.splitlines() if line.strip()]
    told = [line for line in lines if "FATAL" in line or "error:" in line] or lines
    return told[-1].split("FATAL:")[-1].split("error:")[-1].strip() if told else "it said nothing"
