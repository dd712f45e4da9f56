"""`manage.py` sets a checkout up from nothing but Python, and says in one sentence what is missing."""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.support.running_service import CHECKOUT

# A package index that nobody answers at; asked without patience.
NO_NETWORK = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": "", "PIP_CONFIG_FILE": os.devnull}
# Makes an environment, and installs nothing: where pip is not what a test is about, it need not take its time.
QUICK_UV = """#!/bin/sh
if [ "$1" = venv ]; then exec "{python}" -m venv --without-pip --clear "{venv}"; fi
echo "$@" >> "{asked}"
"""
# Builds styles of nothing, and says so in a file.
QUICK_STYLES = """from pathlib import Path
static = Path(__file__).parents[1] / "api" / "pages" / "static"
static.mkdir(exist_ok=True)
with (static / "built").open("a") as built:
    built.write("once ")
"""
INSTALLING = "Setting up: installing the packages of requirements.lock (once).\n"
STYLING = "Setting up: building the styles of the pages (once).\n"
FAKE_SERVICE = 'import sys, os\nprint("ran", sys.argv[1:], os.getcwd(), flush=True)\n'


class Checkout:
    """A copy of what `manage.py` needs, with nothing to install unless a test says so."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "service").mkdir(parents=True)
        (root / "service" / "__init__.py").touch()
        (root / "service" / "__main__.py").write_text(FAKE_SERVICE)
        (root / "service" / "web_assets.py").write_text(QUICK_STYLES)
        self.pages = root / "api" / "pages"
        (self.pages / "assets").mkdir(parents=True)
        (self.pages / "assets" / "site.scss").touch()
        shutil.copy(CHECKOUT / "manage.py", root)
        for lock in ("requirements.lock", "requirements-dev.lock"):
            (root / lock).write_text("# nothing\n")
        self.programs = root / "programs"
        self.programs.mkdir()
        (self.programs / "python3").symlink_to(sys.executable)
        self.with_program("uv", QUICK_UV.format(python=sys.executable, venv=root / ".venv", asked=self.asked))

    @property
    def asked(self) -> Path:
        """What `uv` was asked to install."""
        return self.root / "asked"

    def without_uv(self) -> "Checkout":
        """The same on a computer that has only pip."""
        (self.programs / "uv").unlink()
        return self

    def with_program(self, name: str, script: str) -> None:
        """Put a program on the path."""
        (self.programs / name).write_text(script)
        (self.programs / name).chmod(0o755)

    def manage(self, *arguments: str, under: str = "") -> "subprocess.CompletedProcess[str]":
        """Run `manage.py` with only our own programs on the path, in a Python changed by a few lines."""
        program = [self.root / "manage.py"]
        if under:
            changed = self.root / "changed.py"
            changed.write_text(
                f"import runpy, sys\n{under}\nsys.argv.pop(0)\nrunpy.run_path(sys.argv[0], run_name='__main__')\n"
            )
            program.insert(0, changed)
        return subprocess.run(
            [sys.executable, *program, *arguments],
            env={"PATH": str(self.programs)} | NO_NETWORK,
            cwd=self.root.parent,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """A fresh checkout whose path has a space in it."""
    return Checkout(tmp_path / "my checkout")


def wants_a_package(checkout: Checkout) -> None:
    """Let it want a package that is nowhere to be had."""
    wanted = "nowhere-to-be-had==1.0 --hash=sha256:" + hashlib.sha256(b"").hexdigest()
    (checkout.root / "requirements.lock").write_text(wanted + "\n")


@pytest.mark.parametrize("tool", ["uv", pytest.param("pip", marks=pytest.mark.long)])
def test_the_first_run_sets_up_and_the_second_goes_straight_on(
    checkout: Checkout, tmp_path: Path, tool: str
) -> None:
    if tool == "pip":
        checkout.without_uv()
    first = checkout.manage("serve", "--port", "1")
    assert first.stderr == INSTALLING + STYLING
    assert first.stdout == f"ran ['serve', '--port', '1'] {tmp_path}\n"

    began = time.monotonic()
    second = checkout.manage("serve")
    assert (second.returncode, second.stderr) == (0, "")
    assert time.monotonic() - began < 2

    launcher = subprocess.run(
        [checkout.root / ".venv" / "bin" / "placements", "moves"],
        cwd="/",
        capture_output=True,
        text=True,
        check=True,
    )
    assert launcher.stdout == "ran ['moves'] /\n"


def test_what_makes_an_install_out_of_date_has_it_done_again(checkout: Checkout) -> None:
    checkout.manage("serve")
    with (checkout.root / "requirements.lock").open("a") as lock:
        lock.write("# another\n")
    assert "Setting up" in checkout.manage("serve").stderr
    # A broken or removed Python, as after an upgrade of the system.
    (checkout.root / ".venv" / "bin" / "python").unlink()
    assert "Setting up" in checkout.manage("serve").stderr
    assert checkout.manage("serve").stderr == ""


def test_changed_styles_are_built_again_and_nothing_is_installed(checkout: Checkout) -> None:
    checkout.manage("serve")
    (checkout.pages / "assets" / "site.scss").write_text("a { color: black }")
    assert checkout.manage("serve").stderr == STYLING
    assert checkout.manage("serve").stderr == ""


def test_without_styles_the_service_runs_all_the_same_and_says_so(checkout: Checkout) -> None:
    (checkout.root / "service" / "web_assets.py").write_text("raise SystemExit('no such thing')")
    done = checkout.manage("serve")
    assert done.returncode == 0
    assert "could not be built, so the pages are plain" in done.stderr
    assert done.stdout.startswith("ran ['serve']")
    assert "no such thing" in (checkout.root / ".venv" / "styles.log").read_text()


def test_an_interrupted_set_up_is_done_anew(checkout: Checkout) -> None:
    """Interrupted at any moment, it leaves no stamp, and packages that may look whole and not be."""
    half_a_package = checkout.root / ".venv" / "lib" / "half"
    half_a_package.mkdir(parents=True)
    (checkout.root / ".venv" / "bin").mkdir()
    (checkout.root / ".venv" / "bin" / "python").touch(mode=0o755)
    done = checkout.manage("serve")
    assert done.stdout.startswith("ran ['serve']")
    assert not half_a_package.exists()


def test_two_at_once_set_up_once(checkout: Checkout) -> None:
    with ThreadPoolExecutor() as pool:
        both = [future.result() for future in [pool.submit(checkout.manage, "serve") for _ in range(2)]]
    assert [done.returncode for done in both] == [0, 0]
    assert sum(INSTALLING in done.stderr for done in both) == 1
    assert (checkout.pages / "static" / "built").read_text() == "once "
    # Each of the two steps is done by whoever comes first, so each of them may have waited.
    assert any("Waiting for another" in done.stderr for done in both)


def test_without_a_network_one_sentence_says_so(checkout: Checkout) -> None:
    wants_a_package(checkout.without_uv())
    for _ in range(2):
        done = checkout.manage("serve")
        assert done.returncode == 1
        assert done.stderr.splitlines()[1:] == [
            "The packages could not be installed: check the network and the package index, and run this again; "
            f"the details are in {checkout.root}/.venv/install.log."
        ]


def test_uv_is_used_where_there_is_one(checkout: Checkout) -> None:
    assert checkout.manage("serve").stdout.startswith("ran ['serve']")
    assert "--require-hashes --no-deps" in checkout.asked.read_text()


@pytest.mark.long
def test_where_uv_fails_pip_is_tried(checkout: Checkout) -> None:
    checkout.with_program("uv", "#!/bin/sh\necho no such index\nexit 2\n")
    assert checkout.manage("serve").stdout.startswith("ran ['serve']")


def test_a_python_without_venv_is_told_what_to_install(checkout: Checkout) -> None:
    without = "import importlib.util\nimportlib.util.find_spec = lambda name: None"
    done = checkout.without_uv().manage("serve", under=without)
    assert done.returncode == 1
    assert done.stderr.splitlines()[1:] == [
        "This Python has no venv module: install it (on Debian or Ubuntu: apt install python3-venv), "
        "and run this again."
    ]


AN_OLD_PYTHON = "sys.version_info = (3, 9, 0)"


def test_an_older_python_looks_for_a_newer_one(checkout: Checkout) -> None:
    # A version manager leaves launchers behind for versions that are not there.
    checkout.with_program("python3.13", "#!/bin/sh\nexit 127\n")
    (checkout.programs / "python3.11").symlink_to(sys.executable)
    assert checkout.manage("serve", under=AN_OLD_PYTHON).stdout.startswith("ran ['serve']")


def test_without_a_newer_python_one_sentence_says_so(checkout: Checkout) -> None:
    done = checkout.manage("serve", under=AN_OLD_PYTHON)
    assert done.returncode == 1
    assert (
        done.stderr == "Python 3.11 or newer is needed, and none was found: install one and run this again.\n"
    )


def test_benchmarks_that_are_not_there_are_said_to_be_missing(checkout: Checkout) -> None:
    done = checkout.manage("bench")
    assert (done.returncode, done.stderr.splitlines()[-1]) == (1, "There are no benchmarks in this checkout.")
