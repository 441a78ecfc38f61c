"""What people answered to the organiser's own questions, and in which parts they come otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import QuestionKind
from app.models import Answer, Block, BlockRole, CustomQuestion


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownAnswer:
    """An answer beside its question."""

    label: str
    value: str
    is_private: bool


def answers(
    session: Session, sign_up_ids: Sequence[int], *, sees_private: bool = False
) -> dict[int, tuple[ShownAnswer, ...]]:
    """Return the answers of some sign-ups, in the order of the form."""
    statement = (
        select(
            Answer.sign_up_id,
            Answer.value,
            CustomQuestion.label,
            CustomQuestion.kind,
            CustomQuestion.is_private,
        )
        .join(CustomQuestion, CustomQuestion.id == Answer.question_id)
        .where(Answer.sign_up_id.in_(sign_up_ids))
        .order_by(CustomQuestion.position)
    )
    if not sees_private:
        statement = statement.where(CustomQuestion.is_private.is_(False))
    found: dict[int, list[ShownAnswer]] = {}
    for sign_up_id, value, label, kind, is_private in session.execute(statement):
        said = value.capitalize() if kind is QuestionKind.YES_NO else value
        found.setdefault(sign_up_id, []).append(
            ShownAnswer(label=label, value=said, is_private=is_private)
        )
    return {sign_up_id: tuple(said) for sign_up_id, said in found.items()}


def parts(session: Session, sign_up_ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Return in which parts of the agenda somebody has another role, or is not there."""
    found: dict[int, list[str]] = {}
    for sign_up_id, role, title in session.execute(
        select(BlockRole.sign_up_id, BlockRole.role, Block.title)
        .join(Block, Block.id == BlockRole.block_id)
        .where(BlockRole.sign_up_id.in_(sign_up_ids), Block.closed_at.is_(None))
        .order_by(Block.position)
    ):
        found.setdefault(sign_up_id, []).append(
            f"not in {title}" if role is None else f"{role} in {title}"
        )
    return {sign_up_id: tuple(said) for sign_up_id, said in found.items()}
