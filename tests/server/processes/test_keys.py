from uuid import uuid4

import pytest

from devanture.errors import OperatorError
from devanture.processes.keys import context, new_key, unwrap, wrap

MASTER = bytes(range(32))


def test_a_wrapped_key_comes_back() -> None:
    key, where = new_key(), context(uuid4(), "voter")
    assert unwrap(MASTER, wrap(MASTER, key, where), where) == key


def test_two_wrappings_of_one_key_differ() -> None:
    key, where = new_key(), context(uuid4(), "voter")
    assert wrap(MASTER, key, where) != wrap(MASTER, key, where)


def test_another_master_key_opens_nothing() -> None:
    where = context(uuid4(), "voter")
    with pytest.raises(OperatorError, match="DEVANTURE_KEY"):
        unwrap(bytes(32), wrap(MASTER, new_key(), where), where)


def test_a_key_copied_to_another_row_does_not_open() -> None:
    process = uuid4()
    wrapped = wrap(MASTER, new_key(), context(process, "voter"))
    with pytest.raises(OperatorError):
        unwrap(MASTER, wrapped, context(process, "leaf"))


@pytest.mark.parametrize("length", [0, 1, 5, 13, 20, 60])
def test_a_cut_key_does_not_open(length: int) -> None:
    where = context(uuid4(), "leaf")
    with pytest.raises(OperatorError):
        unwrap(MASTER, wrap(MASTER, new_key(), where)[:length], where)


def test_a_flipped_bit_does_not_open() -> None:
    where = context(uuid4(), "leaf")
    wrapped = bytearray(wrap(MASTER, new_key(), where))
    wrapped[30] ^= 1
    with pytest.raises(OperatorError):
        unwrap(MASTER, bytes(wrapped), where)
