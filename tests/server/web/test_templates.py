"""What every template must keep to: the content policy, one frame, one first heading."""

import re
from pathlib import Path

import pytest

from devanture.web import i18n

ROOT = Path(i18n.__file__).parents[1]
TEMPLATES = sorted(ROOT.glob("*/templates/*.html"))
PIECES = {"macros.html", "facade.html", "shopfront.html", "form.html", "parts.html", "base.html"}
PAGES = [path for path in TEMPLATES if path.name not in PIECES]


def name(path: Path) -> str:
    return f"{path.parents[1].name}/{path.name}"


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_no_style_no_handler_and_no_script_stands_in_the_page(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle\s*=|\son[a-z]+\s*=|<style|javascript:", text)
    for opening in re.findall(r"<script[^>]*>", text):
        assert " src=" in opening or 'type="application/json"' in opening


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_nothing_is_asked_of_another_site(path: Path) -> None:
    assert not re.search(r"""(?:href|src|action)=["']?(?:https?:)?//""", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_each_page_stands_in_the_common_frame_with_one_first_heading(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith('{% extends "web/base.html" %}')
    assert text.count("<h1") + len(re.findall(r"ui\.top\(", text)) == 1
