from __future__ import annotations

import pytest

from app.enums import InviteState, Method
from app.services.invites.decider import Intent, IntentKind, InviteFacts, Wanted, decide


def make_facts(
    *,
    state: InviteState = InviteState.LIVE,
    sequence: int = 2,
    fingerprint: str = "plan a",
    material: str = "time a",
) -> InviteFacts:
    return InviteFacts(state=state, sequence=sequence, fingerprint=fingerprint, material=material)


def make_wanted(*, fingerprint: str = "plan a", material: str = "time a") -> Wanted:
    return Wanted(fingerprint=fingerprint, material=material)


@pytest.mark.parametrize(
    ("facts", "wanted", "kind", "method", "sequence"),
    [
        (None, None, IntentKind.NOTHING, None, 0),
        (None, make_wanted(), IntentKind.INVITE, Method.REQUEST, 0),
        (
            make_facts(state=InviteState.DUE, sequence=0),
            make_wanted(),
            IntentKind.INVITE,
            Method.REQUEST,
            0,
        ),
        (make_facts(state=InviteState.DUE, sequence=0), None, IntentKind.NOTHING, None, 0),
        (make_facts(), make_wanted(), IntentKind.NOTHING, None, 2),
        (
            make_facts(),
            make_wanted(fingerprint="plan b"),
            IntentKind.REFRESH,
            Method.REQUEST,
            2,
        ),
        (make_facts(), make_wanted(material="time b"), IntentKind.MOVE, Method.REQUEST, 3),
        (make_facts(), None, IntentKind.CANCEL, Method.CANCEL, 3),
        (make_facts(state=InviteState.CANCELLED), None, IntentKind.NOTHING, None, 2),
        (
            make_facts(state=InviteState.CANCELLED),
            make_wanted(),
            IntentKind.INVITE,
            Method.REQUEST,
            3,
        ),
    ],
)
def test_decide_follows_rfc_5546(
    facts: InviteFacts | None,
    wanted: Wanted | None,
    kind: IntentKind,
    method: Method | None,
    sequence: int,
) -> None:
    assert decide(facts, wanted) == Intent(kind=kind, method=method, sequence=sequence)
