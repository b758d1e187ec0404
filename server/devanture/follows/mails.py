"""The mail that asks whether an address is its owner's. Sent by the worker; the queue itself holds no address."""

from datetime import timedelta
from uuid import UUID

import aiosmtplib
import structlog
from pgqueuer.errors import RetryRequested

from devanture.db.pool import Database
from devanture.errors import Busy, Problem
from devanture.follows import queries, rules
from devanture.follows.service import link_of
from devanture.mail import send_mail
from devanture.places.rules import title
from devanture.places.service import places_named
from devanture.processes import keys
from devanture.processes.schemas import Process
from devanture.processes.service import find_process
from devanture.settings import Settings
from devanture.web.i18n import translate

log = structlog.get_logger()
AGAIN = timedelta(minutes=1)
CONFIRMATION = (
    "Somebody, probably you, asked to be told by mail what happens at %(place)s (%(organisation)s).\n\n"
    "Open this page and press “Confirm”:\n%(link)s\n\n"
    "You can stop there too, whenever you like. If it was not you, do nothing: this address is forgotten in seven days."
)


FOLLOWING = (
    "Somebody, probably you, asked to be told by mail what happens at %(place)s (%(organisation)s).\n\n"
    "This address follows the place already. Your page, where you can stop too:\n%(link)s\n\n"
    "If it was not you, do nothing: nothing has changed."
)


async def send_confirmation(database: Database, settings: Settings, slug: str, follow_id: UUID) -> None:
    """One job: a server that is away is asked again later; one that refuses the address for good is believed."""
    try:
        process = await find_process(database, slug)
        letter = await _letter(database, settings, process, follow_id)
    except Busy:
        raise RetryRequested(AGAIN, "busy") from None
    except Problem:
        letter = None
    if letter is None or settings.mail is None:
        log.info("confirmation_skipped", process=slug)
        return
    try:
        await send_mail(settings.mail, *letter)
    except aiosmtplib.SMTPRecipientsRefused:
        log.info("confirmation_refused", process=slug)
    except (aiosmtplib.SMTPException, OSError) as error:
        log.warning("mail_not_sent", process=slug, error=type(error).__name__)
        raise RetryRequested(AGAIN, "the mail server is away") from None


async def _letter(
    database: Database, settings: Settings, process: Process, follow_id: UUID
) -> tuple[str, str, str] | None:
    """To whom, subject and text; none when it was confirmed or stopped since."""
    async with database.transaction(process.organisation_id) as connection:
        row = await queries.sealed_address(connection, process.organisation_id, process.id, follow_id)
    if row is None or row["confirmed"] or row["address"] is None:
        return None
    places = await places_named(database, process, [row["ref"]])
    lang, name = row["lang"], title(places[row["ref"]], row["lang"])
    address = keys.unwrap(settings.key, row["address"], rules.sealing_context(process.id, follow_id)).decode()
    link = settings.web.public_url + link_of(settings.key, process, row["following"] or follow_id)
    words = FOLLOWING if row["following"] else CONFIRMATION
    text = translate(lang, words, place=name, organisation=process.organisation, link=link)
    subject = "You follow %(place)s already" if row["following"] else "Confirm: follow %(place)s"
    return address, translate(lang, subject, place=name), text
