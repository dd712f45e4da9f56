#!/usr/bin/env python3
"""Sets the service up and runs it: `python3 manage.py serve`, `python3 manage.py test`, or `--help`.

Needs nothing but Python: it makes a virtual environment in `.venv`, installs the locked packages there,
and hands over.
"""

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
INSTALL_LOG = VENV / "install.log"
RUNTIME_LOCK, DEV_LOCK = ROOT / "requirements.lock", ROOT / "requirements-dev.lock"
ASSETS, STYLED_FROM = (ROOT / "api" / "pages" / place for place in ("assets", "static/built-from"))
CHECKS = (
    ("formatting", "ruff", "format", "--check", "--quiet"),
    ("lint", "ruff", "check", "--quiet"),
    ("types", "mypy"),
)


def stop(sentence: str) -> None:
    """End with one plain sentence and a status that says it failed."""
    print(sentence, file=sys.stderr)
    sys.exit(1)


def use_a_newer_python() -> None:
    """Start again under a newer Python when `python3` is an old one."""
    for minor in range(14, OLDEST[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        # A version manager may leave a launcher behind for a Python that is not there: ask it.
        if found and subprocess.call([found, "-c", ""], stderr=subprocess.DEVNULL) == 0:
            os.execv(found, [found, os.path.abspath(__file__), *sys.argv[1:]])
    stop("Python 3.11 or newer is needed, and none was found: install one and run this again.")


# Checked here, above everything that an older Python could not read.
if sys.version_info < OLDEST:
    use_a_newer_python()


class InstallError(Exception):
    """The packages could not be installed; the words say why and what to do."""


def main(arguments: list[str]) -> None:
    """Prepare what the command needs, and become it."""
    command = arguments[0] if arguments else "--help"
    try:
        ensure_installed(DEV_LOCK if command == "test" else RUNTIME_LOCK)
    except (InstallError, OSError) as problem:
        stop(str(problem))
    if command in ("serve", "test"):
        ensure_styled()
    if command == "test":
        sys.exit(run_tests(arguments[1:]))
    if command == "bench":
        if not (ROOT / "benchmarks").is_dir():
            stop("There are no benchmarks in this checkout.")
        become("benchmarks", arguments[1:])
    become("service", arguments or ["--help"])


def become(module: str, arguments: list[str]) -> None:
    """Run a module of this checkout in place of this process, in the caller's own folder."""
    sys.stdout.flush()
    os.execve(PYTHON, [str(PYTHON), "-P", "-m", module, *arguments], environment())


def environment() -> dict[str, str]:
    """The caller's environment, in which imports come from this checkout and its `.venv` only."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    # Without its compiled form kept, every start of the service would compile it anew, for seconds.
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONSAFEPATH": "1"}


def run_tests(arguments: list[str]) -> int:
    """Run every check even when one fails, and the tests last, so that their summary ends the page."""
    selection = "long or not long" if "--long" in arguments else "not long"
    extra = [argument for argument in arguments if argument != "--long"]
    steps = [*CHECKS, ("tests", "pytest", "-n", "auto", "--dist", "worksteal", "-m", selection, *extra)]
    failed = []
    for name, *command in steps:
        began = time.monotonic()
        print(f"== {name}", flush=True)
        status = subprocess.call([PYTHON, "-m", *command], cwd=ROOT, env=environment())
        if status:
            failed.append(name)
        if name != "tests":
            print(f"   {'failed' if status else 'passed'} in {time.monotonic() - began:.1f} s", flush=True)
    if not has_browser():
        print(
            "The tests in a browser were skipped: there is no Chromium on this computer. Install it (on Debian: "
            "apt install chromium), or name it in PLACEMENTS_CHROMIUM.",
            file=sys.stderr,
        )
    if failed:
        print(f"Failed: {', '.join(failed)}.", file=sys.stderr)
    return 1 if failed else 0


def has_browser() -> bool:
    """Whether pages can be seen here, by the same places that the tests look in."""
    question = "from service.seeing import find_browser; find_browser()"
    return not subprocess.call([PYTHON, "-P", "-c", question], env=environment(), stderr=subprocess.DEVNULL)


def ensure_installed(lock: Path) -> None:
    """Make `.venv` match the lock file. The stamp comes last: an interrupted install is done anew."""
    if is_installed(lock):
        return
    with one_at_a_time():
        if is_installed(lock):
            return
        print(f"Setting up: installing the packages of {lock.name} (once).", file=sys.stderr, flush=True)
        stamps = [stamp_of(any_lock) for any_lock in (RUNTIME_LOCK, DEV_LOCK)]
        if not any(path.exists() for path in stamps):
            # An install that was cut short: what is there may look whole and not be.
            shutil.rmtree(VENV, ignore_errors=True)
        for path in stamps:
            path.unlink(missing_ok=True)
        install(lock)
        write_launcher()
        # The packages of the shorter list are all in the longer one, at the same versions.
        for done in {RUNTIME_LOCK, lock}:
            stamp_of(done).write_text(stamp(done))


def is_installed(lock: Path) -> bool:
    """Whether a finished install of exactly this lock file, here, for this Python, is in place."""
    with contextlib.suppress(OSError):
        return stamp_of(lock).read_text() == stamp(lock)
    return False


def ensure_styled() -> None:
    """Build what browsers load, when it is missing or old. Without it the pages are plain and do all the same."""
    if is_styled():
        return
    with one_at_a_time():
        if is_styled():
            return
        print("Setting up: building the styles of the pages (once).", file=sys.stderr, flush=True)
        done = subprocess.run(
            [PYTHON, "-P", "-m", "service.web_assets"],
            env=environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode == 0:
            STYLED_FROM.write_text(sources_of_styles())
            return
    (VENV / "styles.log").write_text(done.stderr)
    print(
        "The styles of the pages could not be built, so the pages are plain: check the network and the package index; "
        f"the details are in {VENV / 'styles.log'}.",
        file=sys.stderr,
    )


def is_styled() -> bool:
    """Whether what browsers load was built from exactly what lies here."""
    return STYLED_FROM.is_file() and STYLED_FROM.read_text() == sources_of_styles()


def sources_of_styles() -> str:
    """A hash of everything that the styles and scripts of the pages are built from."""
    builder = ROOT / "service" / "web_assets.py"
    sources = hashlib.sha256(builder.read_bytes() if builder.is_file() else b"")
    for source in sorted(path for path in ASSETS.rglob("*") if "node_modules" not in path.parts):
        sources.update(source.relative_to(ASSETS).as_posix().encode())
        sources.update(source.read_bytes() if source.is_file() else b"")
    return sources.hexdigest()


def stamp_of(lock: Path) -> Path:
    """Where the note about a finished install is kept."""
    return VENV / f"installed-{lock.name}"


def stamp(lock: Path) -> str:
    """What an install depends on: the packages, their Python, and where the checkout lies."""
    about = f"{venv_version()}\n{ROOT}\n".encode() + lock.read_bytes()
    return hashlib.sha256(about).hexdigest()


def venv_version() -> str:
    """The version of the Python in `.venv`, or nothing when there is none that works."""
    question = "import sys; print(sys.version_info[:2], sys.prefix)"
    try:
        answer = subprocess.run(
            [PYTHON, "-I", "-S", "-c", question], capture_output=True, text=True, check=True, timeout=30
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return answer.stdout.strip()


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Wait while another `manage.py` of this checkout installs."""
    with open(ROOT / ".venv.lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Waiting for another set-up of this checkout to finish.", file=sys.stderr, flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def install(lock: Path) -> None:
    """Install with uv where there is one, which takes a tenth of the time; otherwise with pip."""
    problem = None
    uv = shutil.which("uv")
    if uv:
        try:
            install_with_uv(uv, lock)
            return
        except InstallError as failure:
            problem = failure  # uv does not read pip's settings, so pip may well succeed
    if importlib.util.find_spec("ensurepip") and importlib.util.find_spec("venv"):
        install_with_pip(lock)
    elif problem:
        raise problem
    else:
        raise InstallError(
            "This Python has no venv module: install it (on Debian or Ubuntu: apt install python3-venv), "
            "and run this again."
        )


def install_with_uv(uv: str, lock: Path) -> None:
    """Make the environment if it is missing or broken, and fill it, with uv."""
    if not venv_version():
        # The Python that runs this is the one to use: uv must not fetch another.
        carry_out([uv, "venv", "--clear", "--no-python-downloads", "--python", sys.executable, VENV])
    carry_out([uv, "pip", "install", "--python", PYTHON, "--require-hashes", "--no-deps", "-r", lock])


def install_with_pip(lock: Path) -> None:
    """Make the environment if it is missing, broken or without pip, and fill it, with pip."""
    if not venv_version() or subprocess.call(
        [PYTHON, "-m", "pip", "--version"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ):
        carry_out([sys.executable, "-m", "venv", "--clear", VENV])
    quietly = ["--quiet", "--no-input", "--disable-pip-version-check"]
    # Python compiles what it loads when it first does; compiling everything here would take longer.
    options = ["--no-compile", "--require-hashes", "--no-deps"]
    carry_out([PYTHON, "-m", "pip", "install", *quietly, *options, "-r", lock])


def carry_out(command: Sequence[str | Path]) -> None:
    """Run one step of an install; when it fails, keep what it printed and say what is wrong."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    clean["PIP_USER"] = "0"  # a personal setting that would install outside of the environment
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=clean, check=False
    )
    if done.returncode == 0:
        return
    VENV.mkdir(exist_ok=True)
    INSTALL_LOG.write_text(done.stdout)
    raise InstallError(explain(done.stdout))


def explain(output: str) -> str:
    """The one sentence for an install that failed."""
    where = f"the details are in {INSTALL_LOG}."
    if "DO NOT MATCH THE HASHES" in output or "Hash mismatch" in output:
        return f"A package is not the one that the lock file names, so it was not installed; {where}"
    if "No space left" in output:
        return "The disk is full: make room and run this again."
    if "ensurepip" in output:
        return (
            "This Python cannot make environments: install its venv package "
            "(on Debian or Ubuntu: apt install python3-venv)."
        )
    return (
        "The packages could not be installed: check the network and the package index, and run this again; "
        f"{where}"
    )


def write_launcher() -> None:
    """Make `.venv/bin/placements`, the command line that works from any folder."""
    launcher = VENV / "bin" / "placements"
    launcher.write_text(
        f"#!/bin/sh\nPYTHONPATH={shlex.quote(str(ROOT))} PYTHONSAFEPATH=1 "
        f'exec {shlex.quote(str(PYTHON))} -m service "$@"\n'
    )
    launcher.chmod(0o755)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit(130)
