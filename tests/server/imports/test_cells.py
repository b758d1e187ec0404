"""What people write in a cell, and what it is taken for."""

import pytest

from devanture.imports import cells
from devanture.imports.columns import NAMES, plain, recognise
from devanture.imports.errors import BadFile


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("85", 85),
        ("85,5", 85.5),
        ("85.5 m²", 85.5),
        ("1 250,00 €", 1250),
        ("1\u202f250 € HT", 1250),
        ("1 200/mois", 1200),
        ("1'250", 1250),
        ("1.200,50", 1200.5),
        ("1,200.50", 1200.5),
        ("1.200.000", 1_200_000),
    ],
)
def test_a_number_is_read_as_people_write_it(text: str, value: float) -> None:
    assert cells.number(text) == value


@pytest.mark.parametrize("text", ["", "environ 80", "80-90", "1,2,3", "1.2.3", "-3", "1e5", "∞", "nan"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a number"):
        cells.number(text)


@pytest.mark.parametrize(("text", "value"), [("-1,5601", -1.5601), ("−1.5", -1.5), ("47.21", 47.21)])
def test_a_coordinate_may_be_negative(text: str, value: float) -> None:
    assert cells.coordinate(text) == value


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("15/03/2024", "2024-03-15"),
        ("1.3.2024", "2024-03-01"),
        ("03/2024", "2024-03"),
        ("2024", "2024"),
        ("2024-03-15", "2024-03-15"),
        ("2024-03-15 00:00:00", "2024-03-15"),
        ("2024-03", "2024-03"),
    ],
)
def test_a_day_is_read_as_people_write_it(text: str, day: str) -> None:
    assert cells.since(text) == day


@pytest.mark.parametrize("text", ["31/02/2024", "15/13/2024", "15/03/24", "hier", "20240315", "0"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="day"):
        cells.since(text)


@pytest.mark.parametrize(
    ("text", "number", "street"),
    [
        ("12 bis, rue Haute, 44000 Nantes", "12 bis", "rue Haute"),
        ("12bis rue Haute", "12 bis", "rue Haute"),
        ("12 B rue Haute", "12 B", "rue Haute"),
        ("12-14 place Haute", "12-14", "place Haute"),
        ("8 avenue du 8 Mai 1945", "8", "avenue du 8 Mai 1945"),
        ("Place du Commerce", None, "Place du Commerce"),
        ("rue du 11 Novembre", None, "rue du 11 Novembre"),
        ("12 d’Orléans", "12", "d’Orléans"),
    ],
)
def test_an_address_is_a_number_and_a_street(text: str, number: str | None, street: str) -> None:
    assert cells.address(text) == (number, street)


def test_a_state_may_be_said_in_several_words_of_two_languages() -> None:
    said = ["Vacant", "INOCCUPÉ", "en travaux", "Occupée", "empty"]
    assert [cells.choice(text, cells.STATES) for text in said] == ["vacant", "vacant", "works", "occupied", "vacant"]


def test_a_state_that_nobody_knows_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(ValueError, match="« hanté » is none of vacant, en travaux, occupé"):
        cells.choice("hanté", cells.STATES)


@pytest.mark.parametrize(
    ("text", "ref"), [("LOC-12", "LOC-12"), ("LOC 12/3", "LOC-12-3"), ("Rue du Cœur Volé 3", "Rue-du-Coeur-Vole-3")]
)
def test_a_reference_reads_well_in_an_address(text: str, ref: str) -> None:
    assert cells.reference(text) == ref


def test_a_reference_is_never_longer_than_an_address_allows() -> None:
    assert len(cells.reference("rue " * 40)) <= 48


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("N°", "number"),
        ("Numéro de voie", "number"),
        ("Nom de la voie", "street"),
        ("ADRESSE", "address"),
        ("Référence", "ref"),
        ("Surface (m²)", "surface"),
        ("Loyer (€/mois)", "rent"),
        ("Loyer annuel", "rent_year"),
        ("Propriétaire", "landlord"),
        ("X_L93", "x_2154"),
        ("Vacant since", "vacant_since"),
        ("longitude", "lon"),
    ],
)
def test_a_header_is_recognised_whatever_its_dress(header: str, field: str) -> None:
    assert recognise("liste.csv", [header]) == {field: header}


def test_no_header_could_mean_two_things() -> None:
    names = [name for names in NAMES.values() for name in names]
    assert len(names) == len(set(names))
    assert all(plain(name) == name for name in names)


def test_two_headers_that_mean_the_same_are_named() -> None:
    with pytest.raises(BadFile, match=r"« Rue » and « Street » mean the same"):
        recognise("liste.csv", ["Rue", "Autre", "Street"])
