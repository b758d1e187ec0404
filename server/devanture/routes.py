"""Every address of the program, one line each: method, path, handler, who may open it."""

from collections.abc import Awaitable, Callable
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from devanture.api import handlers as api
from devanture.audit import handlers as audit
from devanture.basemap import handlers as basemap
from devanture.erasure import handlers as erasure
from devanture.exports import handlers as exports
from devanture.follows import handlers as follows
from devanture.heatmap import handlers as heatmap
from devanture.opinions import handlers as opinions
from devanture.organisations import handlers as organisations
from devanture.photos import handlers as photos
from devanture.places import handlers as places
from devanture.previews import handlers as previews
from devanture.processes import handlers as processes
from devanture.proofs import handlers as proofs
from devanture.releases import handlers as releases
from devanture.reports import handlers as reports
from devanture.residence import handlers as residence
from devanture.results import handlers as results
from devanture.spots import handlers as spots
from devanture.staff import handlers as staff
from devanture.streets import handlers as streets
from devanture.voters import handlers as voters
from devanture.web import health, wellknown
from devanture.web.permissions import Permission

PUBLIC, OPERATOR = Permission.PUBLIC, Permission.OPERATOR
DESK_READ, DESK_PUBLISH = Permission.DESK_READ, Permission.DESK_PUBLISH


class Line(NamedTuple):
    method: str
    path: str
    handler: Callable[[Request], Awaitable[Response]]
    permission: Permission


ROUTES = [
    Line("GET", "/healthz", health.get_healthz, PUBLIC),
    Line("GET", "/readyz", health.get_readyz, PUBLIC),
    Line("GET", "/metrics", health.get_metrics, OPERATOR),
    Line("GET", "/favicon.ico", wellknown.get_favicon, PUBLIC),
    Line("GET", "/robots.txt", wellknown.get_robots, PUBLIC),
    Line("GET", "/problems/{code}", wellknown.get_problem, PUBLIC),
    Line("GET", "/", processes.get_home, PUBLIC),
    Line("GET", "/engagements", audit.get_commitments, PUBLIC),
    Line("GET", "/sw.js", processes.get_service_worker, PUBLIC),
    Line("GET", "/basemaps/{slug}.pmtiles", basemap.get_basemap, PUBLIC),
    Line("GET", "/api/v1/openapi.json", api.get_openapi, PUBLIC),
    Line("GET", "/api/v1/docs", api.get_docs, PUBLIC),
    Line("PUT", "/api/v1/{p}/opinions/{id}", opinions.put_opinion, PUBLIC),
    Line("PUT", "/api/v1/{p}/reports/{id}", reports.put_report, PUBLIC),
    Line("GET", "/api/v1/push-key", follows.get_push_key, PUBLIC),
    Line("PUT", "/api/v1/{p}/follows/{id}", follows.put_follow, PUBLIC),
    Line("PUT", "/api/v1/{p}/residences/{id}", residence.put_residence, PUBLIC),
    Line("PUT", "/api/v1/{p}/photos/{id}", photos.put_photo, PUBLIC),
    Line("PUT", "/api/v1/{p}/spots/{id}", spots.put_spot, PUBLIC),
    Line("POST", "/api/v1/{p}/voter", opinions.post_voter, PUBLIC),
    Line("POST", "/api/v1/{p}/proof", proofs.post_proof, PUBLIC),
    Line("GET", "/api/v1/{p}/puzzle", voters.get_puzzle, PUBLIC),
    Line("POST", "/api/v1/{p}/puzzle", voters.post_puzzle, PUBLIC),
    Line("POST", "/api/v1/{p}/erasure", erasure.post_erasure, PUBLIC),
    Line("GET", "/api/v1/{p}/pack", processes.get_pack, PUBLIC),
    Line("GET", "/api/v1/{p}/places", places.get_places, PUBLIC),
    Line("GET", "/api/v1/{p}/places/{ref}", places.get_place, PUBLIC),
    Line("GET", "/api/v1/{p}/near", places.get_near, PUBLIC),
    Line("GET", "/api/v1/{p}/streets", streets.get_streets, PUBLIC),
    Line("GET", "/api/v1/{p}/results", results.get_results_document, PUBLIC),
    Line("GET", "/api/v1/{p}/seals", audit.get_seals, PUBLIC),
    Line("GET", "/api/v1/{p}/inclusion", audit.get_inclusion, PUBLIC),
    Line("GET", "/tiles/{p}/heat/{z}/{x}/{y}.mvt", heatmap.get_heat_tile, PUBLIC),
    Line("GET", "/tiles/{p}/places/{z}/{x}/{y}.mvt", heatmap.get_places_tile, PUBLIC),
    Line("GET", "/tiles/{p}/supply/{z}/{x}/{y}.mvt", heatmap.get_supply_tile, PUBLIC),
    Line("GET", "/tiles/{p}/{layer}.json", heatmap.get_tilejson, PUBLIC),
    Line("GET", "/bureau/entrer", staff.get_sign_in, PUBLIC),
    Line("POST", "/bureau/entrer", staff.post_sign_in, PUBLIC),
    Line("POST", "/bureau/sortir", staff.post_sign_out, DESK_READ),
    Line("GET", "/bureau/", staff.get_desk, DESK_READ),
    Line("POST", "/bureau/{p}/publication", releases.post_release, DESK_PUBLISH),
    Line("GET", "/bureau/{p}/exports/{file}", exports.get_desk_export, DESK_READ),
    Line("GET", "/{p}/", processes.get_walk, PUBLIC),
    Line("GET", "/{p}/tournee", processes.get_round, PUBLIC),
    Line("GET", "/{p}/horsligne", processes.get_shell, PUBLIC),
    Line("GET", "/{p}/theme.css", organisations.get_theme, PUBLIC),
    Line("GET", "/{p}/logo.png", organisations.get_logo, PUBLIC),
    Line("GET", "/{p}/manifest.webmanifest", processes.get_manifest, PUBLIC),
    Line("GET", "/{p}/resultats", results.get_results, PUBLIC),
    Line("GET", "/{p}/exports/{file}", exports.get_export, PUBLIC),
    Line("GET", "/{p}/mes-avis", opinions.get_mine, PUBLIC),
    Line("POST", "/{p}/mes-avis/effacer", erasure.post_erasure_form, PUBLIC),
    Line("GET", "/{p}/recu", opinions.get_receipt, PUBLIC),
    Line("GET", "/{p}/preuve", proofs.get_proof, PUBLIC),
    Line("POST", "/{p}/preuve", proofs.post_proof_form, PUBLIC),
    Line("GET", "/{p}/verifier", audit.get_seals_page, PUBLIC),
    Line("GET", "/{p}/lieux/{ref}/suivre", follows.get_follow_form, PUBLIC),
    Line("POST", "/{p}/lieux/{ref}/suivre", follows.post_follow_form, PUBLIC),
    Line("GET", "/{p}/suivi/{token}", follows.get_story, PUBLIC),
    Line("POST", "/{p}/suivi/{token}", follows.post_story, PUBLIC),
    Line("GET", "/{p}/vous", residence.get_residence, PUBLIC),
    Line("POST", "/{p}/vous", residence.post_residence, PUBLIC),
    Line("GET", "/{p}/apercu.png", previews.get_process_preview, PUBLIC),
    Line("GET", "/{p}/lieux/{ref}/apercu.png", previews.get_place_preview, PUBLIC),
    Line("GET", "/{p}/lieux/{ref}", opinions.get_place_page, PUBLIC),
    Line("POST", "/{p}/lieux/{ref}/avis", opinions.post_form, PUBLIC),
    Line("GET", "/{p}/lieux/{ref}/merci", opinions.get_thanks, PUBLIC),
    Line("POST", "/{p}/lieux/{ref}/annuler", opinions.post_withdrawal, PUBLIC),
    Line("POST", "/{p}/lieux/{ref}/constat", reports.post_report, PUBLIC),
]
