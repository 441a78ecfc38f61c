"""Columns that say nothing about a person: numbers of rows, the event's own facts, machinery."""

from __future__ import annotations

_BY_TABLE = {
    "access_link": "id person_id version",
    "api_token": "id organisation_id may_write expires_at revoked_at",
    "answer": "id sign_up_id question_id",
    "attempt": "id",
    "audit_entry": "id organisation_id event_id",
    "block": (
        "id event_id position kind title note starts_at ends_at minutes changeover_minutes rules "
        "closed_at"
    ),
    "block_role": "id sign_up_id block_id",
    "capacity": "id event_id role places per_mentor admission",
    "consent": "id sign_up_id",
    "custom_question": (
        "id event_id position key label hint kind choices roles is_required is_trait is_private"
    ),
    "erasure": "id",
    "event": (
        "series_id archived_at "
        "id organisation_id slug name tagline description preset state zone starts_at ends_at "
        "venue signup_closes_at changes_until asks_approval confirms_address next_seq "
        "roster_version retention_days anonymised_at created_at agenda_sequence agenda_changed_at"
    ),
    "feed_link": "id kind organiser_id event_id version created_at",
    "incoming_mail": "id kind event_id person_id",
    "invite": "id sign_up_id material",
    "lease": "name owner until",
    "message": "id event_id audience told_people sent_at",
    "organisation": "id name created_at",
    "organiser": "id organisation_id",
    "organiser_invitation": "id organisation_id expires_at used_at",
    "organiser_session": "id organiser_id",
    "outbox_message": (
        "id event_id person_id organisation_id kind is_reminder method uid sequence message_id "
        "order_key idempotency_key state attempts next_attempt_at give_up_at lease_until owner "
        "forget_after created_at"
    ),
    "password_link": "id organiser_id used_at",
    "pause": "name since why",
    "person": "id event_id",
    "pin": "id block_id round_id table_id created_at",
    "plan_run": (
        "origin parent_id options "
        "id event_id block_id state problem_digest roster_version seed time_limit_s status "
        "progress stop_requested attempts owner lease_until error created_at started_at finished_at"
    ),
    "reminder": "id event_id kind is_on due_at sent_at told_people",
    "reply": "id invite_id",
    "roster_upload": "id event_id created_at expires_at",
    "round": "id block_id number starts_at minutes closed_at",
    "schedule": "id event_id version published_at told_people restored_from",
    "scheduled_round": "id schedule_id plan_run_id round_id number starts_at minutes",
    "scheduled_seat": "id schedule_id",
    "seating_table": "id block_id number label features seats video_link closed_at",
    "series": "id organisation_id name created_at",
    "sign_up": "id event_id person_id",
    "stage": "id event_id position key label",
    "steward_link": "id event_id created_at expires_at revoked_at",
    "topic": "id event_id position name kind",
    "wish": "id sign_up_id",
}

COLUMNS = frozenset(
    f"{table}.{column}" for table, columns in _BY_TABLE.items() for column in columns.split()
)
