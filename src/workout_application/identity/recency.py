"""Steps that weigh much ask for a sign-in that is not long ago."""

from workout_application.identity.ports import SignInRules
from workout_application.messaging.actor import Actor
from workout_domain.identity.errors import RecentSignInRequired
from workout_shared.clock import Clock


class Recency:
    """
    Whoever finds an unlocked phone shall not be able to take the account over.

    Source: OWASP ASVS 5.0, 7.5.1.
    """

    def __init__(self, rules: SignInRules, clock: Clock) -> None:
        self._rules, self._clock = rules, clock

    def refuse_unless_recent(self, actor: Actor) -> None:
        """
        Let pass who signed in a short while ago.

        Raises:
            RecentSignInRequired: it was longer ago, so they must sign in again.
        """
        signed_in_at = actor.signed_in_at
        if signed_in_at is None or signed_in_at + self._rules.recent <= self._clock.now():
            raise RecentSignInRequired("Sign in again to do this.")
