import pytest

from devanture.processes.rules import slug_trouble


@pytest.mark.parametrize("slug", ["nantes", "hauts-de-belleville", "paris19"])
def test_a_plain_slug_can_name_a_process(slug: str) -> None:
    assert slug_trouble(slug) is None


@pytest.mark.parametrize("slug", ["api", "bureau", "tiles", "ogc", "healthz", "basemaps", "problems"])
def test_the_programs_own_addresses_stay_its_own(slug: str) -> None:
    assert "keeps" in str(slug_trouble(slug))


@pytest.mark.parametrize("slug", ["", "n", "Nantes", "-nantes", "19e", "a" * 41, "nan/tes", "nantes\n", "sw.js"])
def test_what_does_not_read_well_in_an_address_is_refused(slug: str) -> None:
    assert "begin with a letter" in str(slug_trouble(slug))
