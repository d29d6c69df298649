"""placeholder"""
from typing import Any
class _Pass:
    async def get_or_make(self, key: str, policy: Any, make: Any) -> bytes:
        return await make()
def build_cache(url: str, metrics: Any, clock: Any) -> Any:
    return _Pass()
