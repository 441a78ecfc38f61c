"""What stands in one mail and nowhere else: put in as it leaves, kept in no row, in no preview.

Whom somebody would rather not sit with is theirs to have, and nobody's who got hold of their
personal link: so it goes to their mailbox only.
"""

from __future__ import annotations

from markupsafe import escape
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import WishKind
from app.mail.render import without_links
from app.models import OutboxMessage, SignUp, Wish

KIND = "my_not_with"
"""The one kind of mail that may hold it; no text of any other brings it about."""
PLACEHOLDER = "{{told:not_with}}"
HIDDEN = "(only its reader sees this)"
NOBODY = "nobody"


def texts_of(session: Session, row: OutboxMessage, *, is_preview: bool) -> tuple[str, str]:
    """Return a mail's plain and HTML text, with what is confidential unless it is a preview."""
    if row.kind != KIND or row.person_id is None:
        return row.text, row.html
    names = [HIDDEN] if is_preview else _not_with(session, row.person_id)
    plain = "\n".join(f"- {name}" for name in names)
    html = "<br>".join(str(escape(name)) for name in names)
    return row.text.replace(PLACEHOLDER, plain), row.html.replace(PLACEHOLDER, html)


def _not_with(session: Session, person_id: int) -> list[str]:
    targets = session.scalars(
        select(Wish.target)
        .join(SignUp, SignUp.id == Wish.sign_up_id)
        .where(SignUp.person_id == person_id, Wish.kind == WishKind.NOT_WITH)
        .order_by(Wish.id)
    )
    return [without_links(target) for target in targets] or [NOBODY]
