"""The confirmation, sent by the real worker to a real mail server."""

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from devanture.app import create_app
from devanture.db.pool import Database
from devanture.settings import MailSettings, Settings
from tests.seed import Seeded, browser_on

pytestmark = pytest.mark.anyio


class Postman:
    """Takes mail in, or says what it was told to say."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.answers: list[str] = []
        self.came, self.refused = asyncio.Event(), asyncio.Event()

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, to: str, options: Any) -> str:  # noqa: N802
        envelope.rcpt_tos.append(to)
        if not self.answers:
            return "250 OK"
        self.refused.set()
        return self.answers.pop(0)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content
        assert isinstance(content, bytes)
        letter = message_from_bytes(content, policy=default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        self.came.set()
        return "250 OK"


@pytest.fixture
def postman() -> Postman:
    return Postman()


@pytest.fixture
async def mail(postman: Postman) -> AsyncIterator[MailSettings]:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(postman, loop=loop), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    yield MailSettings("127.0.0.1", port, "", "", tls=False, sender="nantes@ville.example")
    server.close()


async def test_the_link_in_the_mail_confirms_its_address(
    settings: Settings, town: Seeded, mail: MailSettings, postman: Postman
) -> None:
    app = create_app(replace(settings, mail=mail), worker=True)
    async with app.router.lifespan_context(app), browser_on(app) as resident:
        form = {"uuid": "6b1a1a52-52b1-4d7c-8a3a-0d7a3b5c9e11", "means": "mail", "address": "camille@example.org"}
        assert (await resident.post("/rue/lieux/C12/suivre", data=form)).status_code == 303
        await asyncio.wait_for(postman.came.wait(), 15)
        letter = postman.letters[0]
        assert (letter["To"], letter["From"]) == ("camille@example.org", "nantes@ville.example")
        assert letter["Subject"] == "À confirmer\u202f: suivre 12, rue Crébillon"
        assert letter["Auto-Submitted"] == "auto-generated"
        text = letter.get_content().replace("\r\n", "\n")
        link = re.search(r"^http://127\.0\.0\.1:8000(/rue/suivi/\S+)$", text, re.MULTILINE)
        assert link and "sept jours" in text
        assert "Confirmer" in (await resident.get(link[1])).text
        await resident.post(link[1], data={"act": "confirm"})
        assert "Vous suivez ce lieu" in (await resident.get(link[1])).text
        postman.came.clear()
        await resident.post("/rue/lieux/C12/suivre", data=form | {"uuid": "6b1a1a52-52b1-4d7c-8a3a-0d7a3b5c9e13"})
        await asyncio.wait_for(postman.came.wait(), 15)
        again = postman.letters[1]
        assert again["Subject"] == "Vous suivez déjà\u202f: 12, rue Crébillon"
        assert link[1] in again.get_content(), "whoever follows already is told where"


async def test_an_address_that_the_server_refuses_for_good_is_not_tried_again(
    settings: Settings, database: Database, town: Seeded, mail: MailSettings, postman: Postman
) -> None:
    postman.answers = ["550 no such mailbox"]
    app = create_app(replace(settings, mail=mail), worker=True)
    async with app.router.lifespan_context(app), browser_on(app) as resident:
        form = {"uuid": "6b1a1a52-52b1-4d7c-8a3a-0d7a3b5c9e12", "means": "mail", "address": "nobody@example.org"}
        await resident.post("/rue/lieux/C12/suivre", data=form)
        await asyncio.wait_for(postman.refused.wait(), 15)
    # The worker ends what it had begun before the program closes: the job is done with, and not put back.
    async with database.transaction() as connection:
        assert await connection.fetchval("SELECT count(*) FROM pgqueuer") == 0
    assert postman.letters == []
