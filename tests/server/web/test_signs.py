"""What stands on a drawn neighbour's board."""

import pytest

from devanture.web.signs import MOST, sign


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("la pharmacie", "PHARMACIE"),
        ("Coiffure Perrine", "COIFFURE…"),
        ("Les Gâteaux d’Iris", "GÂTEAUX…"),
        ("Au pain de Nantes", "AU PAIN…"),
        ("Quincaillerie", "QUINCAILLE…"),
        ("l’opticien", "OPTICIEN"),
    ],
)
def test_a_sign_fits_its_board_and_ends_at_a_word(name: str, said: str) -> None:
    assert sign(name) == said
    assert len(said) <= MOST
