"""Reports over HTTP: the phone's JSON, and the form that works without JavaScript."""

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from devanture.processes.rules import local_day
from devanture.program import book_of, program, voter_within, with_voter
from devanture.reports import rules, service
from devanture.reports.schemas import ReportV1, StoredReport
from devanture.voters.rules import voter_hash
from devanture.web.answers import json_response
from devanture.web.body import read_form, read_json_body
from devanture.web.sendings import parse_id
from devanture.web.voters import Voter

REPORT_BYTES = 4_096


async def put_report(request: Request) -> Response:
    """What somebody found at a place, or a vacant shop that the list lacks; named by the phone's own UUID."""
    report = rules.decode_report(await read_json_body(request, REPORT_BYTES))
    voter = voter_within(request)
    new = await _send(request, request.path_params["id"], report, voter)
    stored = StoredReport(request.path_params["id"].lower())
    return with_voter(request, json_response(stored, 201 if new else 200), voter)


async def post_report(request: Request) -> Response:
    """The finding of a browser without JavaScript; it leads back to the place, which says thank you."""
    form = await read_form(request)
    finding, report_id = (form.get(name, [""])[0] for name in ("finding", "uuid"))
    sent = {"v": 1, "place": request.path_params["ref"], "finding": finding}
    report = rules.decode_report(msgspec.json.encode(sent))
    voter = voter_within(request)
    await _send(request, report_id, report, voter)
    address = f"/{request.path_params['p']}/lieux/{report.place}?constat=1"
    return with_voter(request, RedirectResponse(address, 303), voter)


async def _send(request: Request, report_id: str, report: ReportV1, voter: Voter) -> bool:
    running, book = program(request), await book_of(request, *filter(None, [report.place]))
    place = book.place(report.place) if report.place else None
    today = local_day(running.now(), book.process.timezone)
    hashed = voter_hash(book.voter_key, voter.number)
    return await service.send_report(
        running.database, book.process, book.voter_key, parse_id(report_id), report, place, hashed, today
    )
