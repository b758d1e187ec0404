"""A value kept for a short while."""

import asyncio

import pytest

from devanture.errors import Busy
from devanture.recent import Recent

pytestmark = pytest.mark.anyio


class Source:
    def __init__(self) -> None:
        self.asked: list[str] = []
        self.ready = asyncio.Event()
        self.ready.set()
        self.fault: Exception | None = None

    async def load(self, key: str) -> str:
        self.asked.append(key)
        await self.ready.wait()
        if self.fault:
            raise self.fault
        return key.upper()


async def test_a_value_is_loaded_once_while_it_is_kept() -> None:
    source = Source()
    recent = Recent(source.load, seconds=60)
    assert [await recent.get(key) for key in ("a", "b", "a")] == ["A", "B", "A"]
    assert source.asked == ["a", "b"]


async def test_a_value_grows_old() -> None:
    source = Source()
    recent = Recent(source.load, seconds=0)
    await recent.get("a")
    await recent.get("a")
    assert source.asked == ["a", "a"]


async def test_who_asks_at_the_same_time_waits_for_the_same_loading() -> None:
    source = Source()
    source.ready.clear()
    recent = Recent(source.load, seconds=60)
    askers = [asyncio.ensure_future(recent.get("a")) for _ in range(50)]
    await asyncio.sleep(0)
    askers[0].cancel()
    source.ready.set()
    assert await asyncio.gather(*askers[1:]) == ["A"] * 49
    assert source.asked == ["a"]


async def test_a_failure_is_told_and_not_kept() -> None:
    source = Source()
    source.fault = LookupError("gone")
    recent = Recent(source.load, seconds=60)
    with pytest.raises(LookupError):
        await recent.get("a")
    source.fault = None
    assert await recent.get("a") == "A"


async def test_the_oldest_go_first() -> None:
    source = Source()
    recent = Recent(source.load, seconds=60, most=2)
    for key in ("a", "b", "c", "b", "a"):
        await recent.get(key)
    assert source.asked == ["a", "b", "c", "a"]


async def test_what_is_forgotten_is_loaded_again() -> None:
    source = Source()
    recent = Recent(source.load, seconds=60)
    await recent.get("a")
    recent.forget()
    await recent.get("a")
    assert source.asked == ["a", "a"]


async def test_what_is_dear_is_kept_in_proportion_to_its_cost() -> None:
    asked: list[str] = []

    async def load(key: str) -> str:
        asked.append(key)
        await asyncio.sleep(0.05 if key == "dear" else 0)
        return key

    recent = Recent(load, 0, times=20)
    for _ in range(2):
        await recent.get("dear")
        await recent.get("cheap")
        await asyncio.sleep(0.2)
    assert asked == ["dear", "cheap", "cheap"]


async def test_while_the_database_is_busy_the_value_before_is_good_enough() -> None:
    answers: list[str | Exception] = [Busy(), "first", Busy(), "second"]

    async def load(_: str) -> str:
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    recent = Recent(load, 0)
    with pytest.raises(Busy):
        await recent.get("key")
    assert [await recent.get("key") for _ in range(3)] == ["first", "first", "second"]
