"""Where people connect from: lines at home, mobile gateways that thousands share, offices; addresses for documentation.

Shares are guesses after how French networks hand out addresses: a home line has an IPv4 address of its own or an IPv6
/56, mobile phones an IPv6 /64 each or, over IPv4, one of a few exits of their operator.
"""

from random import Random

OPERATORS = 3
EXITS = 6
"""IPv4 addresses by which a mobile operator's phones of one region leave."""


def home(chance: Random) -> str:
    """A line of a dwelling, among those of a town's operators."""
    if chance.random() < 0.5:
        return f"2001:db8:{chance.randrange(0x100, 0x400):x}:{chance.randrange(256):x}00::1"
    return f"81.{chance.randrange(48, 80)}.{chance.randrange(256)}.{chance.randrange(1, 255)}"


def mobile(chance: Random, operator: int | None = None) -> str:
    """A phone in the street; over IPv4 it shares its address with all whom the operator sends by the same exit."""
    by = chance.randrange(OPERATORS) if operator is None else operator
    if chance.random() < 0.5:
        return f"2001:db8:{0x800 + by:x}:{chance.randrange(1 << 16):x}::1"
    return f"92.{184 + by}.{by}.{1 + chance.randrange(EXITS)}"


def office(number: int) -> str:
    """One address for everybody inside."""
    return f"195.25.{number}.7"


def anywhere(chance: Random) -> str:
    """A dwelling's line far away, such as networks of infected machines rent out."""
    first, others = chance.choice((78, 79, 82, 84, 86, 88, 90)), [chance.randrange(1, 255) for _ in range(3)]
    return ".".join(map(str, (first, *others)))
