"""The web app manifest: how a process stands on a home screen, an app of its own with its own name and scope."""

from typing import Any

from devanture.web.i18n import translate

PAPER = "#fbf7ef"
_SHORT = 24
_ICONS = [
    {"src": "/assets/icon-192.png", "sizes": "192x192", "type": "image/png"},
    {"src": "/assets/icon-512.png", "sizes": "512x512", "type": "image/png"},
    {"src": "/assets/icon-maskable-512.png", "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
]
_SHORTCUTS = (("Around me", "?autour"), ("My round", "tournee"), ("My answers", "mes-avis"))
# Taken from the running demonstration: python -m tests.browser.home_screen
_SCREENSHOTS = (
    ("walk", "780x1688", "narrow", "The empty shops around you"),
    ("door", "780x1688", "narrow", "Say what you would like to find there"),
    ("wide", "1280x800", "wide", "The doors and their map, side by side"),
)


def manifest(process: dict[str, Any], lang: str) -> dict[str, Any]:
    """`process` is its view; the theme colour is the town's own."""
    scope, name = f"/{process['slug']}/", process["name"]
    return {
        "id": scope,
        "start_url": scope,
        "scope": scope,
        "lang": lang,
        "dir": "ltr",
        "display": "standalone",
        "name": f"Devanture · {name}",
        "short_name": name[:_SHORT],
        "description": translate(lang, "Say what you would like to find behind an empty shopfront."),
        "categories": ["government", "lifestyle"],
        "theme_color": process["look"]["screen"]["light"],
        "background_color": PAPER,
        "icons": _ICONS,
        "shortcuts": [
            {"name": translate(lang, words), "url": scope + path, "icons": _ICONS[:1]} for words, path in _SHORTCUTS
        ],
        "screenshots": [
            {
                "src": f"/assets/screenshot-{file}.webp",
                "sizes": sizes,
                "type": "image/webp",
                "form_factor": form,
                "label": translate(lang, label),
            }
            for file, sizes, form, label in _SCREENSHOTS
        ],
    }
