"""Statements that travel together are one transaction: all of it is there, or nothing."""

from collections.abc import Iterator
from contextlib import suppress

import psycopg
import pytest
from psycopg.pq import TransactionStatus

from projections.together import together


@pytest.fixture
def line(dsn: str) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("CREATE TEMP TABLE said (word text CHECK (word <> 'wrong'))")
        yield connection


def say(line: psycopg.Connection[tuple[object, ...]], word: str) -> None:
    line.execute("INSERT INTO said VALUES (%s)", [word], prepare=True)


def say_together(line: psycopg.Connection[tuple[object, ...]], *words: str, unheard: str = "") -> None:
    with together(line):
        for word in words:
            say(line, word)
        if unheard:
            with suppress(psycopg.errors.CheckViolation), line.pipeline():
                say(line, unheard)


def said(line: psycopg.Connection[tuple[object, ...]]) -> list[object]:
    assert line.info.transaction_status == TransactionStatus.IDLE
    return [word for (word,) in line.execute("SELECT word FROM said").fetchall()]


def test_all_of_it_is_there(line: psycopg.Connection) -> None:
    with together(line):
        say(line, "one")
        assert line.execute("SELECT count(*) FROM said").fetchone() == (1,)
        say(line, "two")
    assert said(line) == ["one", "two"]


def test_nothing_is_there_where_the_last_statement_fails_that_nobody_waited_for(
    line: psycopg.Connection,
) -> None:
    with pytest.raises(psycopg.errors.CheckViolation):
        say_together(line, "one", "wrong")
    assert said(line) == []
    say_together(line, "two", unheard="three")
    assert said(line) == ["two", "three"]


def test_nothing_is_there_where_whoever_writes_fails(line: psycopg.Connection) -> None:
    with suppress(KeyError), together(line):
        say(line, "one")
        raise KeyError
    assert said(line) == []


def test_who_does_not_want_to_hear_of_a_failure_hears_of_it_at_the_end(line: psycopg.Connection) -> None:
    with pytest.raises(psycopg.errors.InFailedSqlTransaction):
        say_together(line, "one", unheard="wrong")
    assert said(line) == []
