"""Who may open a page. Every view wears one of these; a test finds the one that does not."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import g, request, session

from app.blueprints import context
from app.enums import OrganiserRole
from app.errors import (
    KeyNeeded,
    NotAllowed,
    NotFound,
    ReadOnlyKey,
    SignInNeeded,
    StewardNeeded,
    WrongToken,
)
from app.services import accounts, api_tokens, limits, stewards
from app.services.limits import Limit
from app.tenancy import UNSCOPED, Tenant

P = ParamSpec("P")
R = TypeVar("R")
View = Callable[P, R]

SESSION_KEY = "organiser"
"""Where the browser's signed cookie keeps the token of its server-side session."""
STEWARD_KEY = "steward"
"""Where it keeps the token of a stewards' link, which is looked up again at every page."""
WRONG_TOKENS = Limit(name="hook", tries=20, window=timedelta(minutes=15))


def takes_file(most_bytes: int) -> Callable[[View[P, R]], View[P, R]]:
    """Let a signed-in browser send a view more than a form's text; `intake` reads it."""

    def mark(view: View[P, R]) -> View[P, R]:
        view.takes_bytes = most_bytes  # type: ignore[attr-defined]
        return view

    return mark


def public_page(view: View[P, R]) -> View[P, R]:
    """Mark a view that everybody may open."""
    view.guard = "public"  # type: ignore[attr-defined]
    return view


def link_page(view: View[P, R]) -> View[P, R]:
    """Mark a view whose address holds a personal link, which the view itself resolves."""
    view.guard = "link"  # type: ignore[attr-defined]
    return view


def hook_page(view: View[P, R]) -> View[P, R]:
    """Let in other machines that say the configured token, a few wrong tries aside.

    Without a token there is no such page. Tokens are compared in constant time.
    """

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        token = context.settings().hook_token
        if token is None:
            raise NotFound
        said = request.headers.get("Authorization", "")
        if hmac.compare_digest(said.encode(), f"Bearer {token}".encode()):
            return view(*args, **kwargs)
        with context.write_session(UNSCOPED) as database:
            limits.check(database, WRONG_TOKENS, request.remote_addr, now=context.now())
        raise WrongToken

    guarded.guard = "hook"  # type: ignore[attr-defined]
    return guarded


def organiser_required(view: View[P, R]) -> View[P, R]:
    """Let only signed-in organisers in; ``g.organiser`` says who."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        g.organiser = signed_in()
        if g.organiser is None:
            raise SignInNeeded
        return view(*args, **kwargs)

    guarded.guard = "organiser"  # type: ignore[attr-defined]
    return guarded


def owner_required(view: View[P, R]) -> View[P, R]:
    """Let only owners of the organisation in."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        g.organiser = signed_in()
        if g.organiser is None:
            raise SignInNeeded
        if g.organiser.role is not OrganiserRole.OWNER:
            raise NotAllowed
        return view(*args, **kwargs)

    guarded.guard = "owner"  # type: ignore[attr-defined]
    return guarded


def steward_required(view: View[P, R]) -> View[P, R]:
    """Let in whose browser began with a stewards' link that is still good; ``g.steward`` is it."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        token = session.get(STEWARD_KEY)
        if not isinstance(token, str):
            raise StewardNeeded
        with context.read_session() as database:
            g.steward = stewards.find(database, token, now=context.now())
        return view(*args, **kwargs)

    guarded.guard = "steward"  # type: ignore[attr-defined]
    return guarded


def api_key(view: View[P, R], *, writes: bool) -> View[P, R]:
    """Let in programs that say a key of an organisation; ``g.api`` says which.

    Only the header counts: a cookie opens nothing here, so nobody's browser can be made to ask.
    """

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        kind, _, token = request.headers.get("Authorization", "").partition(" ")
        found = None
        if kind.casefold() == "bearer" and token:
            with context.write_session(UNSCOPED) as database:
                found = api_tokens.use(database, token.strip(), now=context.now())
        if found is None:
            raise KeyNeeded
        if writes and not found.may_write:
            raise ReadOnlyKey
        g.api, g.tenant = found, Tenant(organisation_id=found.organisation_id)
        return view(*args, **kwargs)

    guarded.guard = "api"  # type: ignore[attr-defined]
    return guarded


def signed_in() -> accounts.OrganiserView | None:
    """Return who is signed in with this browser, or None.

    Nearly every page view only reads; the writers' lock is taken once in a while, to note that the
    session was used or to end it.
    """
    token = session.get(SESSION_KEY)
    if not isinstance(token, str):
        return None
    now = context.now()
    with context.read_session(UNSCOPED) as database:
        found = accounts.look_up_session(database, token, now=now)
    if not found.wants_noting:
        return found.organiser
    with context.write_session(UNSCOPED) as database:
        return accounts.resolve_session(database, token, now=now)
