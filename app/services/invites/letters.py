"""Which mail goes with an intent; the same for sending it and for looking at it before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy.orm import Session

from app.enums import CancelReason, EventState, InviteState, SignUpState
from app.mail.message import RenderedMail
from app.models import Event, Invite
from app.services import publishing
from app.services.invites import mail as invites_mail
from app.services.invites.arrived import NOTHING, Arrived, behind_waiting
from app.services.invites.content import Frame, read_material
from app.services.invites.decider import Intent, IntentKind
from app.services.publishing.itinerary import Attendee, Itinerary, attendees, itineraries


class Letters:
    """Words the mails of one event; what people were told before is read once a version."""

    def __init__(self, session: Session, event: Event, frame: Frame) -> None:
        self._session = session
        self._event = event
        self._frame = frame
        self._told_paths: dict[int, dict[int, Itinerary]] = {}
        self._behind_waiting: dict[str, Arrived] | None = None
        self.links_before: Mapping[int, str] = {}

    @property
    def event_falls(self) -> bool:
        """Whether nobody meets at all."""
        return self._event.state is EventState.CANCELLED

    def mail(
        self,
        intent: Intent,
        attendee: Attendee,
        itinerary: Itinerary | None,
        row: Invite | None,
        reason: CancelReason | None = None,
    ) -> RenderedMail:
        """Return the mail to one person; ``row`` is their invite as it was last told."""
        contact = self._event.contact_email
        if intent.kind is IntentKind.CANCEL:
            why = reason or self._why(attendee)
            return invites_mail.cancel_mail(self._frame, attendee, contact=contact, why=why)
        known = NOTHING if row is None else self._known(intent, row)
        if row is None or known.span is None:
            return invites_mail.invite_mail(
                self._frame, attendee, itinerary, contact=contact, is_again=known.is_taken_out
            )
        return invites_mail.update_mail(
            self._frame,
            attendee,
            itinerary,
            contact=contact,
            told=known.span,
            before=self._before(row.sign_up_id, known.version),
            asks_again=intent.kind is IntentKind.MOVE,
        )

    def _why(self, attendee: Attendee) -> CancelReason:
        if self.event_falls:
            return CancelReason.EVENT_OFF
        is_kept = attendee.is_absent and attendee.state is SignUpState.PLACED
        return CancelReason.ABSENT if is_kept else CancelReason.LEFT

    def _known(self, intent: Intent, row: Invite) -> Arrived:
        """Return what the reader has in front of them when this mail comes.

        What waits leaves before it, but for what a new time or place replaces.
        """
        if intent.kind is IntentKind.INVITE:
            return Arrived(is_taken_out=row.state is InviteState.CANCELLED)
        if intent.kind is IntentKind.MOVE:
            if self._behind_waiting is None:
                self._behind_waiting = behind_waiting(self._session, self._event.id)
            if row.uid in self._behind_waiting:
                return self._behind_waiting[row.uid]
        return Arrived(span=read_material(row.material), version=row.told_version)

    def _before(self, sign_up_id: int, version: int) -> Itinerary | None:
        """Return what somebody was told, with the links that their tables had."""
        path = self._paths(version).get(sign_up_id)
        if path is None or not self.links_before:
            return path
        stops = (
            replace(stop, link=self.links_before.get(stop.table_id or 0, stop.link))
            for stop in path.stops
        )
        return replace(path, stops=tuple(stops))

    def _paths(self, version: int) -> dict[int, Itinerary]:
        if version not in self._told_paths:
            snapshot = publishing.load(self._session, self._event.id, version)
            people = attendees(self._session, self._event.id)
            self._told_paths[version] = itineraries(self._event, snapshot, people)
        return self._told_paths[version]
