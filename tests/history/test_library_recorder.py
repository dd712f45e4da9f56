"""The event library's own tests of an application recorder, unchanged, on ours."""

import importlib
import sys
from unittest.mock import patch
from uuid import uuid4

import eventsourcing.cryptography
import pytest
from eventsourcing.persistence import IntegrityError, StoredEvent

from history.recorder import HistoryRecorder
from history.store import History

# The library's test module also imports a cipher over a package that we do not have; it has the same over one we have.
with patch.dict(sys.modules, {"eventsourcing.cipher": eventsourcing.cryptography}):
    persistence = importlib.import_module("eventsourcing.tests.persistence")


class OnOurs:
    """Gives the library's test cases our recorder."""

    @pytest.fixture(autouse=True)
    def _recorder(self, history: History) -> None:
        self.recorder = history._records.recorder

    def create_recorder(self) -> HistoryRecorder:
        return self.recorder


class TestApplicationRecorder(OnOurs, persistence.ApplicationRecorderTestCase):  # type: ignore[misc, name-defined]
    """All of them, with the optional one about subscriptions."""

    def test_insert_subscribe(self) -> None:
        self.optional_test_insert_subscribe()


class TestNonInterleaving(OnOurs, persistence.NonInterleavingNotificationIDsBaseCase):  # type: ignore[misc, name-defined]
    """Events of one save have neighbouring positions."""

    insert_num = 1000


def test_the_library_may_not_store_tracking_here(history: History) -> None:
    event = StoredEvent(uuid4(), 1, "test.happened", b"{}")
    with pytest.raises(TypeError, match="tracking"):
        history._records.recorder.insert_events([event], tracking=object())


def test_the_librarys_error_for_a_conflict_is_kept(history: History) -> None:
    event = StoredEvent(uuid4(), 1, "test.happened", b"{}")
    history._records.recorder.insert_events([event])
    with pytest.raises(IntegrityError):
        history._records.recorder.insert_events([event])
