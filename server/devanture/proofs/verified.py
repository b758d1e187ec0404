"""The level `verified`: somebody whom a public identity provider knows. An interface; no provider is built in yet.

An adapter (OpenID Connect with France Identité or ProConnect, say) asks its provider, and gives back a name for the
person that is always the same and means nothing to us. `proofs.service.earn` keeps a keyed hash of it, one voter each.
"""

from collections.abc import Mapping
from typing import Protocol


class Verifier(Protocol):
    """One identity provider."""

    name: str

    def begin(self, state: str, nonce: str, back_to: str) -> str:
        """The provider's address that the person is sent to."""

    async def subject(self, answer: Mapping[str, str], state: str, nonce: str) -> str | None:
        """The person's own pseudonym at this provider, from what came back; none when it does not vouch."""
