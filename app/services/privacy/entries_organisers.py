"""What is held about organisers."""

from __future__ import annotations

from app.services.privacy.inventory import ANYBODY, TEAM, Basis, Entry, Kept, Reader, Whom

_TEAM = (Reader(who=TEAM),)

ORGANISERS_OWN: tuple[Entry, ...] = (
    Entry(
        what="An organiser's account",
        columns=(
            "organiser.name",
            "organiser.email",
            "organiser.email_canonical",
            "organiser.role",
            "organiser.created_at",
            "organiser.seen_at",
            "organiser.left_at",
        ),
        why="To know who may do what",
        basis=Basis.CONTRACT,
        kept=Kept.ACCOUNT,
        readers=_TEAM,
        whom=Whom.ORGANISER,
    ),
    Entry(
        what="An organiser's password, scrambled so that nobody can read it",
        columns=("organiser.password_hash", "password_link.token_hash", "password_link.expires_at"),
        why="To let in nobody else",
        basis=Basis.CONTRACT,
        kept=Kept.ACCOUNT,
        readers=(),
        whom=Whom.ORGANISER,
    ),
    Entry(
        what="Where an organiser is signed in",
        columns=(
            "organiser_session.token_hash",
            "organiser_session.browser",
            "organiser_session.created_at",
            "organiser_session.seen_at",
            "organiser_session.expires_at",
            "feed_link.token_hash",
        ),
        why="To stay signed in, and to sign out everywhere",
        basis=Basis.CONTRACT,
        kept=Kept.ACCOUNT,
        readers=(),
        whom=Whom.ORGANISER,
    ),
    Entry(
        what="Whom an organisation invited, and its helpers' links",
        columns=(
            "organiser_invitation.email",
            "organiser_invitation.role",
            "organiser_invitation.invited_by",
            "organiser_invitation.token_hash",
            "steward_link.label",
            "steward_link.created_by",
            "steward_link.token_hash",
        ),
        why="To let them in once",
        basis=Basis.CONTRACT,
        kept=Kept.INVITATION,
        readers=_TEAM,
        whom=Whom.ORGANISER,
    ),
    Entry(
        what="Keys that an organisation gave to its programs, and who made them",
        columns=(
            "api_token.name",
            "api_token.token_hash",
            "api_token.created_by",
            "api_token.created_at",
            "api_token.last_used_at",
        ),
        why="To let in the programs it chose, and no other",
        basis=Basis.CONTRACT,
        kept=Kept.ACCOUNT,
        readers=_TEAM,
        whom=Whom.ORGANISER,
    ),
    Entry(
        what="The event's contact address, and who published",
        columns=("event.contact_email", "schedule.published_by"),
        why="So that people can ask",
        basis=Basis.CONTRACT,
        kept=Kept.ACCOUNT,
        readers=(Reader(who=ANYBODY),),
        whom=Whom.ORGANISER,
    ),
)
