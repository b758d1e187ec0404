"""The random keys of a process, kept in the database under the operator's master key.

AES-256-GCM (NIST SP 800-38D). What is stored is `version (1 byte) · nonce (12) · ciphertext and tag (48)`. The context,
which names the process and the purpose, is authenticated too: a key copied to another row does not open there.
"""

import os
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from devanture.errors import OperatorError

PURPOSES = ("voter", "leaf")
_VERSION = b"\x01"
_NONCE = 12


def new_key() -> bytes:
    """32 random bytes."""
    return os.urandom(32)


def context(process_id: UUID, purpose: str) -> bytes:
    """What a wrapped key is bound to: the row of `process_key` that holds it."""
    return process_id.bytes + purpose.encode()


def wrap(master: bytes, key: bytes, context: bytes) -> bytes:
    """Encrypt `key` under `master` (32 bytes), bound to `context`."""
    nonce = os.urandom(_NONCE)
    return _VERSION + nonce + AESGCM(master).encrypt(nonce, key, _VERSION + context)


def unwrap(master: bytes, wrapped: bytes, context: bytes) -> bytes:
    """The key that `wrap` was given; raises `OperatorError` when master, context or bytes are not those of then."""
    version, nonce, sealed = wrapped[:1], wrapped[1 : 1 + _NONCE], wrapped[1 + _NONCE :]
    if version != _VERSION:
        raise OperatorError("A key of this process was wrapped by another version of the program.")
    try:
        return AESGCM(master).decrypt(nonce, sealed, _VERSION + context)
    except (InvalidTag, ValueError):
        raise OperatorError(
            "DEVANTURE_KEY does not open the keys of this process: it is not the one they were made under."
        ) from None
