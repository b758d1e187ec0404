"""What one cell says: numbers, days and states as people write them. Each raises `ValueError` with the reason."""

import re
from datetime import date

from devanture.imports.columns import plain, unaccented

_UNITS = re.compile(r"(?i)m²|m2|€|eur(os?)?|/?\s*(mois|month|an)\b|par\b|\b(ht|hc|ttc|cc)\b")
_NUMBER = re.compile(r"\d+(\.\d+)?|\.\d+")
_THOUSANDS = re.compile(r"\d{1,3}(?:(?:,\d{3}){2,}|(?:\.\d{3}){2,})")
_ADDRESS = re.compile(
    r"(?P<number>\d{1,5}(?:\s?[-/à]\s?\d{1,5})?(?:\s?(?:bis|ter|quater)\b|\s?[A-Za-z](?=[\s,]))?)\s*,?\s+(?P<street>\D.*)",
    re.IGNORECASE,
)
_TOWN = re.compile(r"[\s,]+\d{5}\b.*$")
_SUFFIXED = re.compile(r"(\d+)\s*(bis|ter|quater|[a-z])", re.IGNORECASE)

STATES = {
    "vacant": ("vacant", "vacante", "vide", "libre", "inoccupé", "disponible", "fermé", "empty", "closed"),
    "works": ("en travaux", "travaux", "works", "under works"),
    "occupied": ("occupé", "occupée", "loué", "ouvert", "en activite", "occupied", "let", "taken"),
}
STANCES = {
    "partner": ("partenaire", "partner", "accord", "favorable"),
    "informed": ("informé", "informée", "informed"),
    "silent": ("sans réponse", "silencieux", "silent", "no answer"),
    "refuses": ("refuse", "refus", "opposé", "refuses"),
}


def number(text: str) -> float:
    """« 1 250,50 € » is 1250.5; a single comma or dot is a decimal one."""
    bare = re.sub(r"[\s'’]", "", _UNITS.sub("", text))
    comma, dot = bare.rfind(","), bare.rfind(".")
    if comma >= 0 and dot >= 0:
        thousands, decimal = (",", ".") if dot > comma else (".", ",")
        bare = bare.replace(thousands, "").replace(decimal, ".")
    elif _THOUSANDS.fullmatch(bare):
        bare = bare.replace(",", "").replace(".", "")
    bare = bare.replace(",", ".")
    if not _NUMBER.fullmatch(bare):
        raise ValueError(f"« {text} » is not a number")
    value = float(bare)
    return int(value) if value.is_integer() else value


def coordinate(text: str) -> float:
    """A signed number, with a decimal comma or dot."""
    bare = text.strip()
    return -number(bare[1:]) if bare.startswith(("-", "−")) else number(bare)


def since(text: str) -> str:
    """A day, a month or a year as ISO 8601; days are written dd/mm/yyyy or yyyy-mm-dd."""
    bare = text.strip()
    if re.fullmatch(r"(1[89]|2[01])\d\d", bare):
        return bare
    month = re.fullmatch(r"(\d{1,2})[/.-](\d{4})", bare)
    day = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", bare)
    iso = re.fullmatch(r"(\d{4})-(\d{2})(?:-(\d{2})(?:[T ][\d:.]+Z?)?)?", bare)
    try:
        if month:
            return date(int(month[2]), int(month[1]), 1).isoformat()[:7]
        if day:
            return date(int(day[3]), int(day[2]), int(day[1])).isoformat()
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3] or 1)).isoformat()[: 10 if iso[3] else 7]
    except ValueError:
        raise ValueError(f"« {text} » is a day that does not exist") from None
    raise ValueError(f"« {text} » is not a day: write 31/12/2025, 12/2025, 2025 or 2025-12-31")


def choice(text: str, known: dict[str, tuple[str, ...]]) -> str:
    """The code of `known` that these words stand for."""
    words = plain(text)
    for code, names in known.items():
        if words in map(plain, names):
            return code
    raise ValueError(f"« {text} » is none of {', '.join(names[0] for names in known.values())}")


def address(text: str) -> tuple[str | None, str]:
    """« 12 bis, rue Haute, 44000 Nantes » is number « 12 bis » and street « rue Haute »."""
    bare = _TOWN.sub("", " ".join(text.split()))
    match = _ADDRESS.fullmatch(bare)
    return (house_number(match["number"]), match["street"]) if match else (None, bare)


def house_number(text: str) -> str:
    """« 12bis » as it is written on the wall, « 12 bis »."""
    match = _SUFFIXED.fullmatch(text.strip())
    if not match:
        return " ".join(text.split())
    suffix = match[2] if len(match[2]) == 1 else match[2].lower()
    return f"{match[1]} {suffix}"


def reference(text: str) -> str:
    """A reference that reads well in an address and on a poster: « LOC 12/3 » becomes « LOC-12-3 »."""
    made = "-".join(re.findall(r"[A-Za-z0-9]+", unaccented(text)))[:48].strip("-")
    if not made:
        raise ValueError(f"« {text} » makes no reference")
    return made
