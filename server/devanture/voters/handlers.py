"""The sum that a phone does in the background when its network was given many voters; no opinion waits for it."""

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response

from devanture.aside.service import puzzle_solved
from devanture.errors import Problem
from devanture.program import book_of, program, voter_for, with_voter
from devanture.voters.rules import hashes_of
from devanture.voters.schemas import DECODERS, Puzzle, PuzzleSolved
from devanture.web.answers import json_response
from devanture.web.body import read_json_body, refuse_other_sites
from devanture.web.sendings import decode_sending
from devanture.web.voters import Standing

BYTES = 4096


async def get_puzzle(request: Request) -> Response:
    """A challenge for this voter; none where its answers are counted without."""
    running, _ = program(request), await book_of(request)
    voter = voter_for(request)
    needed = voter.standing is Standing.OVER
    challenge = running.puzzles.challenge(voter.number, running.now()) if needed else None
    return with_voter(request, json_response(Puzzle(challenge)), voter)


async def post_puzzle(request: Request) -> Response:
    """The solution: from now on this voter stands like any other, and so do the answers that it gave before."""
    refuse_other_sites(request)
    running, book = program(request), await book_of(request)
    said = decode_sending(await read_json_body(request, BYTES), DECODERS)
    voter = voter_for(request)
    if voter.standing is Standing.OVER:
        if not await running.puzzles.is_solved(voter.number, said, running.now()):
            raise Problem("puzzle-wrong")
        voter = replace(voter, standing=Standing.PUZZLE)
    await puzzle_solved(running.database, book.process, hashes_of(book.voter_key, voter.number), running.now())
    return with_voter(request, json_response(PuzzleSolved()), voter)
