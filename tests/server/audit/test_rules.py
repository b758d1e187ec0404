"""The trees beside a program that nobody here wrote: pymerkle, which follows RFC 9162 and so RFC 6962."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pymerkle import InmemoryTree, verify_inclusion
from pymerkle.proof import InclusionProof

from devanture.audit.rules import BEFORE_ALL, Tree, chained, day_to_seal, root_by_path

LEAVES = st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=70)


def checker(leaves: list[bytes]) -> InmemoryTree:
    tree = InmemoryTree(algorithm="sha256")
    for leaf in leaves:
        tree.append_entry(leaf)
    return tree


@settings(max_examples=40)
@given(LEAVES, st.data())
def test_an_independent_checker_finds_the_same_root_and_path(leaves: list[bytes], data: st.DataObject) -> None:
    ours, theirs = Tree(leaves), checker(leaves)
    assert ours.root == theirs.get_root()
    index = data.draw(st.integers(0, len(leaves) - 1))
    path = ours.path(index)
    proof = theirs.prove_inclusion(index + 1)
    # Theirs begins with the leaf itself.
    assert proof.path == [theirs.hash_buff(leaves[index]), *path]
    built = InclusionProof("sha256", True, len(leaves), index + 1, proof.rule, [theirs.hash_buff(leaves[index]), *path])
    verify_inclusion(theirs.hash_buff(leaves[index]), ours.root, built)
    assert root_by_path(leaves[index], index, len(leaves), path) == ours.root


@pytest.mark.parametrize(
    ("leaves", "root"),
    [
        # The test vectors of Certificate Transparency's own implementation (RFC 6962), for no leaf, one and eight.
        ([], "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ([b""], "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
        (
            [bytes.fromhex(h) for h in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657",
                                        "606162636465666768696a6b6c6d6e6f")],
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ),
    ],
)  # fmt: skip
def test_the_roots_are_those_of_certificate_transparency(leaves: list[bytes], root: str) -> None:
    assert Tree(leaves).root.hex() == root


@settings(max_examples=40)
@given(LEAVES, st.data())
def test_no_other_leaf_place_or_path_leads_to_the_root(leaves: list[bytes], data: st.DataObject) -> None:
    tree = Tree(leaves)
    index = data.draw(st.integers(0, len(leaves) - 1))
    path = tree.path(index)
    stranger = bytes(32) if leaves[index] != bytes(32) else b"\x01" * 32
    assert root_by_path(stranger, index, len(leaves), path) != tree.root
    for wrong in ([*path, bytes(32)], path[:-1]):
        if wrong != path:
            with pytest.raises(ValueError, match="path"):
                root_by_path(leaves[index], index, len(leaves), wrong)
    with pytest.raises(ValueError, match="no such leaf"):
        root_by_path(leaves[index], len(leaves), len(leaves), path)


def test_the_chain_depends_on_the_day_the_number_the_root_and_all_before() -> None:
    day, root = date(2026, 11, 22), Tree([b"x" * 32]).root
    one = chained(BEFORE_ALL, day, 1, root)
    others = {
        chained(b"\x01" * 32, day, 1, root), chained(BEFORE_ALL, date(2026, 11, 23), 1, root),
        chained(BEFORE_ALL, day, 2, root), chained(BEFORE_ALL, day, 1, bytes(32)),
    }  # fmt: skip
    assert one not in others and len(others) == 4


@pytest.mark.parametrize(
    ("now", "last", "day"),
    [
        (datetime(2026, 11, 23, 22, 59, tzinfo=UTC), None, date(2026, 11, 22)),
        (datetime(2026, 11, 23, 23, 1, tzinfo=UTC), date(2026, 11, 22), date(2026, 11, 23)),
        (datetime(2026, 11, 23, 22, 59, tzinfo=UTC), date(2026, 11, 22), None),
        (datetime(2026, 11, 20, 12, 0, tzinfo=UTC), date(2026, 11, 22), None),
    ],
    ids=["the first one", "midnight in Paris", "an hour before", "a clock that went back"],
)
def test_a_day_is_sealed_once_after_its_own_midnight(now: datetime, last: date | None, day: date | None) -> None:
    assert day_to_seal(now, "Europe/Paris", last) == day
