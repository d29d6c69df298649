"""What is sealed opens with its own secret and purpose, also after the secret was changed."""

import pytest

from workout_infrastructure.security.seal import NotOurs, Seal

OLD, NEW = "the old secret, long enough for this", "the new secret, long enough for this"


def test_what_was_closed_opens() -> None:
    assert Seal(OLD, purpose="a").open(Seal(OLD, purpose="a").close(b"text")) == b"text"


@pytest.mark.requirement("SEC-05")
def test_what_was_sealed_with_a_retired_secret_opens_and_new_things_do_not_need_it() -> None:
    sealed = Seal(OLD, purpose="a").close(b"text")
    rotated = Seal(NEW, purpose="a", retired=(OLD,))

    assert rotated.open(sealed) == b"text"
    assert Seal(NEW, purpose="a").open(rotated.close(b"new")) == b"new"
    with pytest.raises(NotOurs):
        Seal(OLD, purpose="a").open(rotated.close(b"new"))


@pytest.mark.parametrize(
    "opener",
    [
        Seal(NEW, purpose="a"),
        Seal(OLD, purpose="b"),
        Seal(NEW, purpose="b", retired=(OLD,)),
    ],
)
def test_it_opens_for_nobody_and_nothing_else(opener: Seal) -> None:
    with pytest.raises(NotOurs):
        opener.open(Seal(OLD, purpose="a").close(b"text"))


@pytest.mark.parametrize("sealed", [b"", b"x", b"\xff" * 100, b"gAAAAA" + b"A" * 90])
def test_what_was_never_sealed_does_not_open(sealed: bytes) -> None:
    with pytest.raises(NotOurs):
        Seal(NEW, purpose="a", retired=(OLD,)).open(sealed)
