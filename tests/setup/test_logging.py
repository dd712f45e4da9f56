"""The log tells what happened and where, and nothing about a child."""

import json
import subprocess
import sys

PROGRAM = """
import logging, structlog
from service.logging_setup import set_up_logging

set_up_logging("info", for_people=False)
structlog.contextvars.bind_contextvars(request="r1")
try:
    int("Ada Example")
except ValueError:
    structlog.get_logger("ours").exception("it failed")
    logging.getLogger("theirs").exception("it failed too")
structlog.get_logger("ours").debug("too quiet")
logging.getLogger("uvicorn.access").info("GET /children?name=Ada+Example")
"""


def lines() -> list[dict[str, object]]:
    """What that program logs."""
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stderr.splitlines()]


def test_an_error_is_logged_by_kind_and_place_without_its_words() -> None:
    ours, theirs = lines()
    for line, name in ((ours, "ours"), (theirs, "theirs")):
        assert line["logger"] == name
        assert line["error"] == "builtins.ValueError"
        assert line["where"] == ["<string>:8 in <module>"]
        assert line["request"] == "r1"
        assert "Ada" not in json.dumps(line)
