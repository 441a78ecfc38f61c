"""People and their personal links."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, UtcDateTime
from app.enums import LinkPurpose
from app.models.columns import enum_column
from app.models.signup import SignUp


class Person(Base):
    """Somebody at one event. A new sign-up never changes what another event knows of an address."""

    __tablename__ = "person"
    __table_args__ = (UniqueConstraint("event_id", "email_canonical"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    name: Mapped[str]
    email: Mapped[str]  # as typed
    email_canonical: Mapped[str]
    stage: Mapped[str | None]  # key of the event's ladder
    affiliation: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reminders_off_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    sign_up: Mapped[SignUp] = relationship(
        back_populates="person", cascade="all, delete-orphan", single_parent=True
    )
    links: Mapped[list[AccessLink]] = relationship(cascade="all, delete-orphan")

    @property
    def shown_name(self) -> str:
        """What others read, in a round they shared: no name once it was erased."""
        return shown_name(self.name, self.erased_at)


def shown_name(name: str, erased_at: datetime | None) -> str:
    """Return what others read of a person's name."""
    return name if erased_at is None else "somebody"


class AccessLink(Base):
    """An unguessable address of one person for one purpose.

    The token itself is nowhere: it is derived from the server's key, this row's id and ``version``,
    so that every mail can hold it again; ``version`` rises to revoke it.
    """

    __tablename__ = "access_link"
    __table_args__ = (UniqueConstraint("person_id", "purpose"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    purpose: Mapped[LinkPurpose] = enum_column(LinkPurpose)
    version: Mapped[int] = mapped_column(default=1)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
