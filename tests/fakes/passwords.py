"""Passwords that are hashed by writing them backwards: quick, and plainly no secret."""


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

    def is_outdated(self, password_hash: str) -> bool:
        """Tell whether a test said so."""
        return password_hash in self._outdated
