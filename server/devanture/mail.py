"""Sending one mail through the operator's own server."""

from email.message import EmailMessage
from email.utils import format_datetime, make_msgid

import aiosmtplib

from devanture.program import utc_now
from devanture.settings import MailSettings

PATIENCE = 20.0
"""Seconds that the mail server may take for one step."""


async def send_mail(settings: MailSettings, to: str, subject: str, text: str) -> None:
    """Hand one plain mail over; raises `aiosmtplib.SMTPException` or `OSError` when the server does not take it."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = settings.sender, to, subject
    message["Date"] = format_datetime(utc_now())
    message["Message-ID"] = make_msgid(domain=settings.sender.partition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text, cte="quoted-printable")
    await aiosmtplib.send(
        message,
        hostname=settings.host,
        port=settings.port,
        username=settings.user or None,
        password=settings.password or None,
        use_tls=settings.tls,
        timeout=PATIENCE,
    )
