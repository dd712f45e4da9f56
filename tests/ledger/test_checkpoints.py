"""A checkpoint is a text that tools of others can read and check."""

import base64
from collections.abc import Callable
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from history.ledger.checkpoints import Head, head_of, open_checkpoint
from history.ledger.notes import NotSigned, PublicKey, Signer, open_note
from history.ledger.stored import Stored
from history.store import History
from tests.ledger.conftest import SIGNER, TRUSTED
from tests.ledger.plain_tree import tree_hash

KNOWN_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
KNOWN_NOTE = """If you think cryptography is the answer to your problem,
then you don't know what your problem is.

\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
"""


def test_a_stored_checkpoint_is_checked_by_the_words_of_the_format_alone(
    history: History, sealed: Callable[[int], None]
) -> None:
    sealed(5)
    newest = Stored(history).newest()
    assert newest
    text, signature = newest.note.split("\n\n")
    origin, size, root, index = text.split("\n")
    dash, name, encoded = signature.removesuffix("\n").split(" ")
    signed = base64.b64decode(encoded)
    public = Ed25519PrivateKey.from_private_bytes(bytes(range(32, 64))).public_key()

    assert (dash, name, origin, size) == ("\N{EM DASH}", "council.example/placements", name, "5")
    assert index.startswith("index 1 ")
    assert base64.b64decode(root) == tree_hash([event.entry() for event in Stored(history).events(0, 5)])
    assert signed[:4] == sha256(name.encode() + b"\n\x01" + public.public_bytes_raw()).digest()[:4]
    public.verify(signed[4:], f"{text}\n".encode())


def test_a_note_that_another_implementation_signed_is_opened() -> None:
    text, by = open_note(KNOWN_NOTE, [PublicKey.read(KNOWN_KEY)])
    assert (by.name, str(by)) == ("PeterNeumann", KNOWN_KEY)
    assert text.endswith("what your problem is.\n")


def test_every_byte_counts() -> None:
    note = head_of(SIGNER, 7, bytes(32)).signed_by(SIGNER)
    assert open_checkpoint(note, TRUSTED) == Head(SIGNER.public.name, 7, bytes(32))
    for at, letter in enumerate(note):
        for other in {"x", "1", "\n", "\t", ""} - {letter}:
            with pytest.raises(NotSigned):
                open_checkpoint(note[:at] + other + note[at + 1 :], TRUSTED)


def test_only_who_is_trusted_counts() -> None:
    stranger = Signer(SIGNER.public.name, bytes(32))
    note = head_of(SIGNER, 7, bytes(32)).signed_by(stranger)
    with pytest.raises(NotSigned, match="no key that is trusted"):
        open_checkpoint(note, TRUSTED)
    # Somebody else's signature beside ours takes nothing away, as where a witness has signed too.
    both = head_of(SIGNER, 7, bytes(32)).signed_by(SIGNER) + note.split("\n\n")[1]
    assert open_checkpoint(both, TRUSTED).size == 7
    # A ledger speaks for itself only.
    other = Head("another.example/ledger", 7, bytes(32)).signed_by(SIGNER)
    with pytest.raises(NotSigned, match="no key that is trusted"):
        open_checkpoint(other, TRUSTED)


@pytest.mark.parametrize(
    "text",
    [
        "council.example/placements\n7\n",
        "council.example/placements\n07\n" + base64.b64encode(bytes(32)).decode() + "\n",
        "council.example/placements\n-7\n" + base64.b64encode(bytes(32)).decode() + "\n",
        "council.example/placements\n7\n" + base64.b64encode(bytes(31)).decode() + "\n",
        "council.example/placements\n7\n\n" + base64.b64encode(bytes(32)).decode() + "\n",
    ],
)
def test_a_signed_text_that_is_no_checkpoint_is_none(text: str) -> None:
    with pytest.raises(NotSigned, match="no checkpoint"):
        open_checkpoint(SIGNER.sign(text), TRUSTED)


def test_a_key_is_written_in_one_line() -> None:
    assert PublicKey.read(str(SIGNER.public)) == SIGNER.public
    for wrong in ("", "name", "name+00000000+AAAA", str(SIGNER.public).replace("council", "county")):
        with pytest.raises(ValueError, match="."):
            PublicKey.read(wrong)


@pytest.mark.parametrize("name", ["", "two words", "a+b", "a\nb"])
def test_a_name_that_a_note_cannot_have_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="no spaces"):
        Signer(name, bytes(32))
