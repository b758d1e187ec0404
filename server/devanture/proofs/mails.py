"""The mail with six digits. Sent by the worker; the queue holds no address, the table none once it was mailed."""

from datetime import timedelta

import aiosmtplib
import structlog
from pgqueuer.errors import RetryRequested

from devanture.db.pool import Database
from devanture.errors import Busy, Problem
from devanture.mail import send_mail
from devanture.processes import keys
from devanture.processes.service import find_process, process_key
from devanture.proofs import queries, rules
from devanture.settings import Settings
from devanture.web.i18n import translate

log = structlog.get_logger()
AGAIN = timedelta(minutes=1)
TEXT = (
    "Your code for %(process)s (%(organisation)s):\n\n    %(code)s\n\n"
    "It holds for thirty minutes, on the phone that asked for it. If it was not you, do nothing.\n"
    "We keep only a scrambled trace of this address, which tells that it was used."
)


async def send_code(database: Database, settings: Settings, slug: str, voter: bytes) -> None:
    """One job: a server that is away is asked again later; one that refuses the address for good is believed."""
    try:
        process = await find_process(database, slug)
        key = await process_key(database, process, "voter", settings.key)
        async with database.transaction(process.organisation_id) as connection:
            row = await queries.question(connection, process.organisation_id, process.id, voter)
    except Busy:
        raise RetryRequested(AGAIN, "busy") from None
    except Problem:
        row = None
    if row is None or row["sealed"] is None or settings.mail is None:
        log.info("mail_code_skipped", process=slug)
        return
    address = keys.unwrap(settings.key, row["sealed"], rules.sealing_context(process.id, voter)).decode()
    code = rules.mail_code(key, voter, row["address"], row["asked_at"])
    lang, shown = row["lang"], f"{code[:3]} {code[3:]}"
    words = {"process": process.name[lang], "organisation": process.organisation, "code": shown}
    subject = translate(lang, "Your code: %(code)s", code=shown)
    try:
        await send_mail(settings.mail, address, subject, translate(lang, TEXT, **words))
    except aiosmtplib.SMTPRecipientsRefused:
        log.info("mail_code_refused", process=slug)
    except (aiosmtplib.SMTPException, OSError) as error:
        log.warning("mail_not_sent", process=slug, error=type(error).__name__)
        raise RetryRequested(AGAIN, "the mail server is away") from None
    async with database.transaction(process.organisation_id) as connection:
        await queries.unseal(connection, process.organisation_id, process.id, voter, row["asked_at"])
