"""What a sign-up is checked against, read at once: the page around the form is not needed then."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.enums import BlockKind, QuestionKind, Role
from app.errors import NotFound
from app.prepared import Prepared
from app.services.presets import FEATURES
from app.services.signups.form import FormChoices, OwnQuestion, may_mix
from app.tenancy import Tenant, narrow

_PLANNED = ", ".join(f"'{kind}'" for kind in BlockKind if kind.is_planned)
_SQL = f"""
WITH asked AS (SELECT id FROM event WHERE slug = :slug AND state <> 'draft')
SELECT 'event' AS what, id, 0 AS at, '' AS one, '' AS two, '' AS three, '' AS four, '' AS five,
       0 AS six, 0 AS seven FROM asked
UNION ALL
SELECT 'role', c.id, 0, c.role, '', '', '', '', 0, 0
  FROM capacity c JOIN asked ON c.event_id = asked.id
UNION ALL
SELECT 'stage', s.id, s.position, s.key, s.label, '', '', '', 0, 0
  FROM stage s JOIN asked ON s.event_id = asked.id
UNION ALL
SELECT 'topic', t.id, t.position, t.name, '', '', '', '', 0, 0
  FROM topic t JOIN asked ON t.event_id = asked.id
UNION ALL
SELECT 'question', q.id, q.position, q.key, q.label, q.hint, q.kind,
       '[' || CAST(q.choices AS TEXT) || ',' || CAST(q.roles AS TEXT) || ']',
       CAST(q.is_required AS INTEGER), CAST(q.is_private AS INTEGER)
  FROM custom_question q JOIN asked ON q.event_id = asked.id
UNION ALL
SELECT 'block', b.id, b.position, b.title, '', '', '', '', 0, 0
  FROM block b JOIN asked ON b.event_id = asked.id WHERE b.kind IN ({_PLANNED})
UNION ALL
SELECT 'round', r.id, b.position, '', '', '', '', '', r.number, 0
  FROM round r JOIN block b ON r.block_id = b.id JOIN asked ON b.event_id = asked.id
 WHERE b.kind IN ({_PLANNED})
UNION ALL
SELECT 'features', b.id, b.position, CAST(t.features AS TEXT), '', '', '', '', MIN(t.number), 0
  FROM seating_table t JOIN block b ON t.block_id = b.id JOIN asked ON b.event_id = asked.id
 WHERE b.kind IN ({_PLANNED}) GROUP BY b.id, b.position, CAST(t.features AS TEXT)
ORDER BY 3, 9, 2
"""  # noqa: S608 -- put together from our own words
_ASKED = Prepared(text(_SQL))
"""One statement, because eight of them cost more than all the rest of a sign-up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicForm:
    """What an event asks whoever signs up."""

    event_id: int
    choices: FormChoices


def public_form(session: Session, slug: str) -> PublicForm:
    """Return what the event of a public address asks; a draft is not found."""
    if not slug.isprintable():
        raise NotFound
    found: dict[str, list[Any]] = defaultdict(list)
    for row in _ASKED.run(session, {"slug": slug}):
        found[row.what].append(row)
    if not found["event"]:
        raise NotFound
    event_id = found["event"][0].id
    narrow(session, Tenant(event_id=event_id))
    features = (name for row in found["features"] for name in json.loads(row.one))
    roles = tuple(Role(row.one) for row in found["role"])
    blocks = tuple((row.id, row.one) for row in found["block"])
    choices = FormChoices(
        roles=roles,
        stages=tuple((row.one, row.two) for row in found["stage"]),
        topics=tuple(row.one for row in found["topic"]),
        features=tuple(dict.fromkeys([*FEATURES, *features])) if blocks else (),
        rounds=tuple(row.id for row in found["round"]),
        questions=tuple(_question(row) for row in found["question"]),
        blocks=blocks if may_mix(blocks, roles) else (),
    )
    return PublicForm(event_id=event_id, choices=choices)


def _question(row: Any) -> OwnQuestion:
    choices: Sequence[Sequence[str]] = json.loads(row.five)
    return OwnQuestion(
        id=row.id,
        key=row.one,
        label=row.two,
        hint=row.three,
        kind=QuestionKind(row.four),
        choices=tuple(choices[0]),
        roles=tuple(Role(role) for role in choices[1]) or tuple(Role),
        is_required=bool(row.six),
        is_private=bool(row.seven),
    )
