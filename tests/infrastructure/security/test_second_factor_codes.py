"""One-time codes are those every authenticator app shows."""

import base64
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from workout_application.identity.commands.reseal_second_factors import (
    ResealSecondFactors,
    ResealSecondFactorsHandler,
)
from workout_application.messaging.actor import SYSTEM
from workout_domain.identity.errors import SecondFactorUnreadable
from workout_domain.identity.second_factor import SecondFactor
from workout_infrastructure.security.codes import RandomCodes
from workout_infrastructure.security.seal import Seal
from workout_infrastructure.security.second_factors import TotpCodes

SECRET = base64.b32encode(b"12345678901234567890")


def codes(secret: str = "a" * 32) -> tuple[TotpCodes, Seal]:
    """Make what checks codes, and the seal of its secrets."""
    seal = Seal(secret, purpose="second_factor")
    return TotpCodes(seal, RandomCodes(), issuer="workout"), seal


@pytest.mark.requirement("IAM-10")
@pytest.mark.parametrize(
    ("seconds", "code"),
    # Source: RFC 6238, appendix B, SHA-1; the last six of its eight digits.
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_the_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    checker, seal = codes()

    step = checker.step_of(seal.close(SECRET), code, at=datetime.fromtimestamp(seconds, UTC))

    assert step == seconds // 30


def test_a_clock_may_differ_by_one_step_and_no_more() -> None:
    checker, seal = codes()
    sealed, shown = seal.close(SECRET), datetime.fromtimestamp(1234567890, UTC)

    passing = [
        steps
        for steps in range(-3, 4)
        if checker.step_of(sealed, "005924", at=shown + timedelta(seconds=30 * steps))
    ]

    assert passing == [-1, 0, 1]


@pytest.mark.parametrize(
    "code",
    ["", "00592", "0059244", "００５９２４", "٠٠٥٩٢٤", "abcdef", "-05924", "5924", "\x00" * 6],
)
def test_what_is_no_code_does_not_pass(code: str) -> None:
    checker, seal = codes()

    assert (
        checker.step_of(seal.close(SECRET), code, at=datetime.fromtimestamp(1234567890, UTC))
        is None
    )


def test_a_code_may_be_typed_with_a_space() -> None:
    checker, seal = codes()

    assert checker.step_of(
        seal.close(SECRET), "005 924", at=datetime.fromtimestamp(1234567890, UTC)
    )


def test_a_secret_sealed_with_another_key_is_not_opened() -> None:
    checker, _ = codes("a" * 32)
    _, other = codes("b" * 32)

    with pytest.raises(SecondFactorUnreadable):
        checker.step_of(other.close(SECRET), "005924", at=datetime.fromtimestamp(59, UTC))


def test_a_recovery_code_is_the_same_however_it_is_typed() -> None:
    checker, _ = codes()
    fresh = checker.fresh_recovery_codes()

    assert len({code.replace("-", "") for code in fresh}) == 10
    for typed in (fresh[0].upper(), fresh[0].replace("-", ""), f" {fresh[0].replace('-', ' ')} "):
        assert checker.recovery_hash(typed) == checker.recovery_hash(fresh[0])
    assert checker.recovery_hash(fresh[0]) != checker.recovery_hash(fresh[1])


def test_a_secret_sealed_with_a_retired_key_opens_and_is_sealed_anew() -> None:
    old, new = Seal("a" * 32, purpose="second_factor"), "b" * 32
    seal = Seal(new, purpose="second_factor", retired=("a" * 32,))
    checker = TotpCodes(seal, RandomCodes(), issuer="workout")
    sealed = old.close(SECRET)

    resealed = checker.resealed(sealed)

    assert checker.step_of(sealed, "005924", at=datetime.fromtimestamp(1234567890, UTC))
    assert resealed is not None
    assert Seal(new, purpose="second_factor").open(resealed) == SECRET
    assert checker.resealed(resealed) is None


class Kept:
    """A collection of second factors that holds what it was given."""

    def __init__(self, *factors: SecondFactor) -> None:
        self._factors = list(factors)

    async def all_locked(self) -> list[SecondFactor]:
        """Return all of them."""
        return self._factors


@pytest.mark.requirement("SEC-05")
async def test_before_a_retired_key_goes_everything_is_sealed_anew() -> None:
    retired, present, unknown = ("a" * 32, "b" * 32, "c" * 32)
    factors = [
        SecondFactor.begin(
            second_factor_id=UUID(int=number),
            user_id=UUID(int=number),
            sealed_secret=Seal(secret, purpose="second_factor").close(SECRET),
            at=datetime.fromtimestamp(59, UTC),
        )
        for number, secret in enumerate((retired, present, unknown))
    ]
    before = [factor.sealed_secret for factor in factors]
    seal = Seal(present, purpose="second_factor", retired=(retired,))
    handler = ResealSecondFactorsHandler(
        Kept(*factors),  # type: ignore[arg-type]  # all the handler asks for
        TotpCodes(seal, RandomCodes(), issuer="workout"),
    )

    assert await handler.handle(ResealSecondFactors(), SYSTEM) == 1
    assert await handler.handle(ResealSecondFactors(), SYSTEM) == 0
    assert Seal(present, purpose="second_factor").open(factors[0].sealed_secret) == SECRET
    assert [factor.sealed_secret for factor in factors[1:]] == before[1:]
