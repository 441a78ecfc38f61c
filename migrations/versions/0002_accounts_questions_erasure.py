"""Accounts by invitation, questions of the organiser's own, approval, erasure.

Revision ID: 0002
Revises: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import app.db

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "erasure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("person_created_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
    )
    op.create_table(
        "pause",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("since", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_pause")),
    )
    op.create_table(
        "custom_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("hint", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("text", "choice", "yes_no", name="questionkind", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("is_required", sa.Boolean(), nullable=False),
        sa.Column("is_trait", sa.Boolean(), nullable=False),
        sa.Column("is_private", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["event.id"],
            name=op.f("fk_custom_question_event_id_event"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_custom_question")),
        sa.UniqueConstraint("event_id", "key", name=op.f("uq_custom_question_event_id_key")),
    )
    op.create_table(
        "organiser_invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column(
            "role",
            sa.Enum("owner", "organiser", name="organiserrole", native_enum=False, length=32),
            server_default="owner",
            nullable=False,
        ),
        sa.Column("invited_by", sa.Integer(), nullable=True),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("expires_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("used_at", app.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["invited_by"],
            ["organiser.id"],
            name=op.f("fk_organiser_invitation_invited_by_organiser"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_organiser_invitation_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organiser_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_organiser_invitation_token_hash")),
    )
    op.create_table(
        "password_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organiser_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("expires_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("used_at", app.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organiser_id"],
            ["organiser.id"],
            name=op.f("fk_password_link_organiser_id_organiser"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_password_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_password_link_token_hash")),
    )
    op.create_table(
        "steward_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("created_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("expires_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", app.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by"], ["organiser.id"], name=op.f("fk_steward_link_created_by_organiser")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["event.id"],
            name=op.f("fk_steward_link_event_id_event"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_steward_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_steward_link_token_hash")),
    )
    with op.batch_alter_table("steward_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_steward_link_event_id"), ["event_id"], unique=False)

    op.create_table(
        "answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sign_up_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["custom_question.id"],
            name=op.f("fk_answer_question_id_custom_question"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["sign_up_id"],
            ["sign_up.id"],
            name=op.f("fk_answer_sign_up_id_sign_up"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sa.UniqueConstraint(
            "sign_up_id", "question_id", name=op.f("uq_answer_sign_up_id_question_id")
        ),
    )
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_answer_question_id"), ["question_id"], unique=False)

    op.execute(
        "INSERT INTO organiser_invitation "
        "(id, organisation_id, email, token_hash, expires_at, used_at) "
        "SELECT id, organisation_id, email, token_hash, expires_at, used_at FROM owner_invitation"
    )
    _count_on(op.get_bind(), "organiser_invitation")
    op.drop_table("owner_invitation")
    with op.batch_alter_table("capacity", schema=None) as batch_op:
        batch_op.add_column(sa.Column("per_mentor", sa.Double(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "admission",
                sa.Enum("first_come", "plan", name="admission", native_enum=False, length=32),
                server_default="first_come",
                nullable=False,
            )
        )

    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("changes_until", app.db.UtcDateTime(timezone=True), nullable=True)
        )
        batch_op.add_column(
            sa.Column("asks_approval", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.add_column(
            sa.Column("anonymised_at", app.db.UtcDateTime(timezone=True), nullable=True)
        )

    with op.batch_alter_table("organiser", schema=None) as batch_op:
        batch_op.add_column(sa.Column("seen_at", app.db.UtcDateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("left_at", app.db.UtcDateTime(timezone=True), nullable=True))

    with op.batch_alter_table("organiser_session", schema=None) as batch_op:
        batch_op.add_column(sa.Column("browser", sa.String(), server_default="", nullable=False))

    with op.batch_alter_table("outbox_message", schema=None) as batch_op:
        batch_op.add_column(sa.Column("organisation_id", sa.Integer(), nullable=True))
        batch_op.create_index(
            batch_op.f("ix_outbox_message_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_outbox_message_organisation_id_organisation"),
            "organisation",
            ["organisation_id"],
            ["id"],
        )

    with op.batch_alter_table("outbox_message", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("forget_after", sa.Boolean(), server_default=sa.false(), nullable=False)
        )

    with op.batch_alter_table("sign_up", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("approved_at", app.db.UtcDateTime(timezone=True), nullable=True)
        )


def _count_on(connection: sa.Connection, table: str) -> None:
    """Let PostgreSQL number new rows after those that were copied with their ids."""
    if connection.dialect.name == "postgresql":
        connection.execute(
            sa.text(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), "  # noqa: S608 -- own name
                f"COALESCE((SELECT MAX(id) FROM {table}), 0) + 1, false)"
            )
        )


def downgrade() -> None:
    with op.batch_alter_table("sign_up", schema=None) as batch_op:
        batch_op.drop_column("approved_at")

    with op.batch_alter_table("outbox_message", schema=None) as batch_op:
        batch_op.drop_column("forget_after")

    with op.batch_alter_table("outbox_message", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_outbox_message_organisation_id_organisation"), type_="foreignkey"
        )
        batch_op.drop_index(batch_op.f("ix_outbox_message_organisation_id"))
        batch_op.drop_column("organisation_id")

    with op.batch_alter_table("organiser_session", schema=None) as batch_op:
        batch_op.drop_column("browser")

    with op.batch_alter_table("organiser", schema=None) as batch_op:
        batch_op.drop_column("left_at")
        batch_op.drop_column("seen_at")

    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_column("anonymised_at")
        batch_op.drop_column("asks_approval")
        batch_op.drop_column("changes_until")

    with op.batch_alter_table("capacity", schema=None) as batch_op:
        batch_op.drop_column("admission")
        batch_op.drop_column("per_mentor")

    op.create_table(
        "owner_invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("expires_at", app.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("used_at", app.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_owner_invitation_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_owner_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_owner_invitation_token_hash")),
    )
    op.execute(
        "INSERT INTO owner_invitation "
        "(id, organisation_id, email, token_hash, expires_at, used_at) "
        "SELECT id, organisation_id, email, token_hash, expires_at, used_at "
        "FROM organiser_invitation WHERE role = 'owner'"
    )
    _count_on(op.get_bind(), "owner_invitation")
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_answer_question_id"))

    op.drop_table("answer")
    with op.batch_alter_table("steward_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_steward_link_event_id"))

    op.drop_table("steward_link")
    op.drop_table("password_link")
    op.drop_table("organiser_invitation")
    op.drop_table("custom_question")
    op.drop_table("pause")
    op.drop_table("erasure")
