"""Inside the transaction: a repeat by key gets the first answer; failures store nothing."""

from typing import Any

from workout_application.messaging.actor import Actor
from workout_application.messaging.idempotency import (
    IdempotencyInProgress,
    IdempotencyKeyReused,
    IdempotencyStore,
    Replayed,
    idempotent_request,
)
from workout_application.messaging.mediator import Proceed
from workout_application.messaging.messages import Message


class Idempotency:
    """Looks the key up before the handler and stores its answer after it."""

    def __init__(self, store: IdempotencyStore) -> None:
        self._store = store

    async def handle(self, message: Message[Any], actor: Actor, proceed: Proceed) -> Any:  # noqa: ANN401 - as in Behaviour
        """Replay or go on and keep the answer."""
        request = idempotent_request.get()
        if request is None or actor.user_id is None:
            return await proceed(message, actor)
        if not await self._store.try_lock(actor.user_id, request.key):
            raise IdempotencyInProgress("A request with this Idempotency-Key is still running.")
        stored = await self._store.find(actor.user_id, request.key)
        if stored is not None:
            fingerprint, answer = stored
            if fingerprint != request.fingerprint:
                raise IdempotencyKeyReused(
                    "This Idempotency-Key was used before for another request."
                )
            return Replayed(answer)
        result = await proceed(message, actor)
        answer = request.present(result)
        await self._store.keep(actor.user_id, request.key, request.fingerprint, answer)
        return result
