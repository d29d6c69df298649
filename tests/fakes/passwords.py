"""Passwords that are hashed by writing them backwards: quick, and plainly no secret."""

from contextlib import AbstractContextManager, nullcontext


class ReversingPasswordHasher:
    """Hashes at once; ``outdated`` hashes want to be made anew."""

    def __init__(self, outdated: tuple[str, ...] = ()) -> None:
        self._outdated = outdated

    async def hash(self, password: str) -> str:
        """Return it backwards, behind a mark."""
        return f"$backwards${password[::-1]}"

    async def verify(self, password: str, password_hash: str | None) -> bool:
        """Compare; None never matches."""
        return password_hash == await self.hash(password)

    async def verify_in_turn(self, password: str, password_hash: str | None) -> bool:
        """Compare."""
        return await self.verify(password, password_hash)

    def turn(self) -> AbstractContextManager[None]:
        """Have room for everybody."""
        return nullcontext()

    def is_outdated(self, password_hash: str) -> bool:
        """Tell whether a test said so."""
        return password_hash in self._outdated
