"""Names as BD TOPO writes them, and as the signs do."""

import pytest

from geodata.nantes.signs import sign


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Rue Crébillon", "Rue Crébillon"),
        ("Allée d'Orléans", "Allée d’Orléans"),
        ("PL DE LA BONDE", "Place de la Bonde"),
        ("R DE L'ANCIENNE MONNAIE", "Rue de l’Ancienne Monnaie"),
        ("PAS D'ORLEANS", "Passage d’Orléans"),
        ("R FELIX EBOUE", "Rue Félix Éboué"),
        ("Rue de l'Echelle", "Rue de l’Échelle"),
        ("Allée de l'Ile Gloriette", "Allée de l’Île Gloriette"),
        ("Allée des Soeurs de l'Espérance", "Allée des Sœurs de l’Espérance"),
        ("Rue Saint Jean", "Rue Saint-Jean"),
        ("Place Sainte Elisabeth", "Place Sainte-Élisabeth"),
        ("CRS SAINT-ANDRE", "Cours Saint-André"),
        ("Rue la Pérouse", "Rue La Pérouse"),
        ("PL DE LA FONTAINE MORGANE", "Place de la Fontaine Morgane"),
        ("Rue Jean de la Fontaine", "Rue Jean de La Fontaine"),
        ("Boulevard Gabriel Guist'Hau", "Boulevard Gabriel Guist’Hau"),
        ("passage graslin", "Passage Graslin"),
        ("COUR JULES DUPRE", "Cour Jules Dupré"),
        ("", ""),
    ],
)
def test_a_name_is_written_as_on_its_sign(written: str, expected: str) -> None:
    assert sign(written) == expected
