"""A feed's address in the spellings that calendars take."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from flask import url_for

from app.blueprints import context


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedAddresses:
    """One feed; ``is_reachable`` is False where only this machine can fetch it."""

    plain: str
    webcal: str
    google: str
    outlook: str
    is_reachable: bool


def addresses(endpoint: str, name: str, *, token: str) -> FeedAddresses:
    """Return the addresses of a feed that calendars call by a name."""
    settings = context.settings()
    plain = settings.base_url + url_for(endpoint, token=token)
    webcal = "webcal://" + plain.split("://", 1)[1]
    outlook = urlencode({"url": plain, "name": name}, quote_via=quote)
    return FeedAddresses(
        plain=plain,
        webcal=webcal,
        google=f"https://calendar.google.com/calendar/r?cid={quote(webcal, safe='')}",
        outlook=f"https://outlook.live.com/calendar/0/addfromweb?{outlook}",
        is_reachable=settings.is_https,
    )
