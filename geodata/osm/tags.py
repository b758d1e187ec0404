"""Which OpenStreetMap tags mean what here. Keys and values as documented in the OSM wiki."""

from collections.abc import Mapping

Tags = Mapping[str, str]


def words(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


AMENITIES = words(
    "bank bar bureau_de_change cafe cinema driving_school fast_food ice_cream nightclub pharmacy pub restaurant"
)
"""Amenities that stand behind a shopfront and are counted as existing shops beside `shop=*` and `craft=*`."""

MAJOR = words("motorway trunk primary secondary tertiary")
MINOR = words("residential unclassified living_street pedestrian service road busway")

WATER = words("natural=water waterway=riverbank waterway=dock landuse=basin landuse=reservoir")
GREEN = words(
    "leisure=park leisure=garden leisure=common leisure=dog_park leisure=golf_course leisure=nature_reserve "
    "natural=wood natural=scrub natural=grassland natural=heath landuse=grass landuse=forest landuse=meadow "
    "landuse=cemetery landuse=recreation_ground landuse=village_green landuse=allotments landuse=orchard "
    "landuse=vineyard"
)

SERVICES = words(
    "arts_centre car_rental childcare clinic community_centre dentist doctors internet_cafe kindergarten "
    "language_school library money_transfer music_school post_office studio theatre toy_library veterinary"
)
"""Amenities that residents may wish for but that are not counted as shops; how many there were is said."""


def pairs(tags: Tags) -> list[str]:
    """Tags as `key=value`."""
    return [f"{key}={value}" for key, value in tags.items()]


def is_shop(tags: Tags) -> bool:
    """A shop, craft or counted amenity that trades."""
    return tags.get("shop", "vacant") not in ("vacant", "no") or "craft" in tags or tags.get("amenity") in AMENITIES


def is_vacant(tags: Tags) -> bool:
    """A shop that has closed and that nothing has replaced."""
    closed = tags.get("shop") == "vacant" or "disused:shop" in tags or tags.get("disused:amenity") in AMENITIES
    return closed and not is_shop(tags)


def is_premises(tags: Tags) -> bool:
    """A shop that trades or a vacant one."""
    return is_shop(tags) or is_vacant(tags)


def street_class(tags: Tags) -> str | None:
    """`major`, `minor` or `path` for what one may go along; None for what is not a way."""
    kind = tags.get("highway", "").removesuffix("_link")
    if not kind:
        return None
    return "major" if kind in MAJOR else "minor" if kind in MINOR else "path"


def is_water(tags: Tags) -> bool:
    """An area of water."""
    return not WATER.isdisjoint(pairs(tags))


def is_coastline(tags: Tags) -> bool:
    """A piece of the sea's shore."""
    return tags.get("natural") == "coastline"


def is_green(tags: Tags) -> bool:
    """An area to draw green."""
    return not GREEN.isdisjoint(pairs(tags))


def is_building(tags: Tags) -> bool:
    """A building that stands."""
    return tags.get("building", "no") != "no"


def is_quarter(tags: Tags) -> bool:
    """An administrative area inside a town: level 9 or 10."""
    return tags.get("boundary") == "administrative" and tags.get("admin_level") in ("9", "10")


def is_area(tags: Tags) -> bool:
    """Whether a closed way with these tags is an area: a closed street is a loop unless it says otherwise."""
    return "highway" not in tags or tags.get("area") == "yes"


def is_wanted(tags: Tags) -> bool:
    """Anything that some file of the town folder needs."""
    return (
        "highway" in tags
        or is_building(tags)
        or "addr:housenumber" in tags
        or "place" in tags
        or is_premises(tags)
        or is_water(tags)
        or is_green(tags)
        or is_quarter(tags)
    )
