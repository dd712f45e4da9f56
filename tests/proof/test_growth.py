"""Two bundles of different days show that the history only grew between them, or that it did not."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

from history.ledger.checkpoints import read_checkpoint
from projections.bundles import verify
from tests.proof.conftest import KEY, Sealed, opened
from tests.proof.test_bundles import python
from tests.proof.test_verifiers import MODULE, NODE
from tests.support.destroying import destroy_keys
from tests.support.postgres import PREPARED, TestPostgres
from tests.support.walk import CHILD, PLACEMENT, SENIOR


def both_say(earlier: Path, later: Path) -> list[list[str]]:
    """The faults that each of the two verifiers finds."""
    found = [[words for _, words in verify.verify(later, KEY, earlier).faults]]
    done = subprocess.run(
        [NODE, str(MODULE), "--key", KEY, str(earlier), str(later)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    return [*found, json.loads(done.stdout)["faults"]]


def test_a_later_bundle_proves_that_it_extends_the_earlier_one(
    empty: Sealed, written: Callable[..., Path], tmp_path: Path
) -> None:
    empty.walk.set_up()
    empty.walk.live_until("assess_risk")
    old = empty.seal()
    earlier = empty.bundle()
    kept = tmp_path / "kept.txt"
    kept.write_bytes(earlier["checkpoint.txt"])
    empty.walk.do("accept_risk", PLACEMENT, SENIOR)
    empty.seal()
    destroy_keys(empty.history, CHILD, "identity")
    later = empty.bundle(extends=old)

    assert both_say(written(earlier), written(later)) == [[]] * 2
    assert both_say(kept, written(later)) == [[]] * 2
    assert both_say(written(earlier), written(earlier)) == [[]] * 2


def test_two_that_cannot_be_compared_are_not_called_altered(
    empty: Sealed, written: Callable[..., Path]
) -> None:
    empty.walk.set_up()
    empty.walk.live_until("assess_risk")
    old = empty.seal()
    earlier = written(empty.bundle())
    empty.walk.do("accept_risk", PLACEMENT, SENIOR)
    empty.seal()
    apart, together = written(empty.bundle()), written(empty.bundle(extends=old))
    assert both_end(earlier, together) == {0}
    assert both_end(earlier, apart) == {3}
    assert both_end(together, earlier) == {3}
    assert both_say(earlier, apart) == [[]] * 2
    said = python("--key", KEY, earlier, apart)[1].splitlines()[-1]
    assert said.startswith("EACH IS INTACT, BUT THE TWO CANNOT BE COMPARED: ")
    assert "export ... --extends EARLIER" in said
    assert f"?extends={old}" in said
    assert "NOT INTACT" not in said
    assert json.loads(python("--json", "--key", KEY, earlier, apart)[1])["not_compared"]


def both_end(earlier: Path, later: Path) -> set[int]:
    """The exit status of each of the two verifiers."""
    ends = {python("--key", KEY, earlier, later)[0]}
    asked = [NODE, str(MODULE), "--key", KEY, str(earlier), str(later)]
    return ends | {subprocess.run(asked, capture_output=True, check=False).returncode}


def test_a_history_that_was_written_anew_is_found_by_two_who_compare(
    prepared_postgres: TestPostgres, written: Callable[..., Path]
) -> None:
    """Whoever has the key can make a second history, in which one decision never was, and each is intact by itself."""
    bundles = []
    for after in ("assess_needs", "record_views"):
        with prepared_postgres.database(PREPARED) as dsn:
            for one in opened(dsn):
                one.walk.set_up()
                one.walk.do("refer_child")
                one.walk.do(after)
                size = one.seal()
                first = one.bundle()
                one.walk.do("record_earlier_support")
                one.seal()
                bundles.append((first, one.bundle(extends=size)))
    (first, _), (fork, later) = bundles
    for alone in (first, fork, later):
        assert verify.verify(written(alone), KEY).faults == []
    for found in (*both_say(written(first), written(fork)), *both_say(written(first), written(later))):
        assert found != []
    assert (
        read_checkpoint(first["checkpoint.txt"].decode()).size
        == read_checkpoint(fork["checkpoint.txt"].decode()).size
    )
