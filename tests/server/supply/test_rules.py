"""What stands near a door."""

from typing import Any

from devanture.supply.rules import supply_rows


def shop(activity: str, metres: float, name: str = "", confirmed: bool = False) -> dict[str, Any]:
    return {"activity": activity, "metres": metres, "name": name, "confirmed": confirmed}


def test_shops_are_counted_by_kind_in_the_circle_and_on_foot() -> None:
    shops = [
        shop("bakery", 10, "A"),
        shop("bakery", 200),
        shop("bakery", 201),
        shop("bakery", 307),
        shop("bakery", 308),
    ]
    (row,) = supply_rows(shops)
    assert (row["count"], row["within_walk"]) == (2, 4)


def test_the_nearest_of_a_kind_is_told_however_far_by_its_way_on_foot() -> None:
    rows = supply_rows([shop("bank", 1000, "B", confirmed=True), shop("bank", 2000, "C")])
    assert [(row["nearest_m"], row["nearest_name"], row["confirmed"], row["count"]) for row in rows] == [
        (1300, "B", True, 0)
    ]


def test_no_shop_gives_no_row() -> None:
    assert supply_rows([]) == []
