"""What is remembered of a table is trusted only where the table's own position says that it was written."""

from uuid import UUID, uuid4

from projections.last_written import LastWritten

ANN, BEA, CEM = uuid4(), uuid4(), uuid4()


def followed(most: int = 10) -> LastWritten[str]:
    """A table at position 3, about to be brought to 5."""
    written: LastWritten[str] = LastWritten(most, len)
    written.follow(3, 5)
    return written


def remembered(written: LastWritten[str], *ids: UUID) -> list[str | None]:
    return [written.of(id) for id in ids]


def test_what_was_written_is_known_once_the_table_moved_on_with_it() -> None:
    written = followed()
    written.keep(ANN, "one")
    written.follow(5, 6)
    assert remembered(written, ANN, BEA) == ["one", None]


def test_what_was_lost_with_its_transaction_is_not_known() -> None:
    written = followed()
    written.keep(ANN, "one")
    written.follow(3, 5)
    assert written.of(ANN) is None


def test_where_another_brought_the_table_further_nothing_is_known() -> None:
    written = followed()
    written.keep(ANN, "one")
    written.follow(7, 8)
    assert written.of(ANN) is None


def test_where_nobody_follows_nothing_is_remembered() -> None:
    written: LastWritten[str] = LastWritten(10, len)
    written.keep(ANN, "one")
    assert written.of(ANN) is None


def test_after_a_doubt_nothing_is_remembered_until_it_is_followed_again() -> None:
    written = followed()
    written.clear()
    written.keep(ANN, "one")
    assert written.of(ANN) is None
    written.follow(3, 5)
    written.keep(ANN, "one")
    assert written.of(ANN) == "one"


def test_what_was_written_first_is_let_go_of_where_there_is_too_much() -> None:
    written = followed(most=7)
    for id, words in ((ANN, "one"), (BEA, "two"), (CEM, "four")):
        written.keep(id, words)
    assert remembered(written, ANN, BEA, CEM) == [None, "two", "four"]
    # What takes the place of something else does not count twice.
    written.keep(BEA, "2")
    written.keep(ANN, "1")
    assert remembered(written, ANN, BEA, CEM) == ["1", "2", "four"]
