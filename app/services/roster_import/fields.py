"""What a file can say about a person, under the names that organisers read."""

from __future__ import annotations

from enum import StrEnum


class Field(StrEnum):
    NAME = "name"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    EMAIL = "email"
    ROLE = "role"
    STAGE = "stage"
    AFFILIATION = "affiliation"
    TOPICS = "topics"
    QUESTION = "question"
    AVAILABLE = "available"
    WISHES = "wishes"
    NOT_WITH = "not_with"
    NEEDS = "needs"
    CONSENT_SHARE = "consent_share"


FIELDS = tuple(Field)
LABELS = {
    Field.NAME: "Full name",
    Field.FIRST_NAME: "First name",
    Field.LAST_NAME: "Last name",
    Field.EMAIL: "E-mail address",
    Field.ROLE: "Comes as",
    Field.STAGE: "Career stage",
    Field.AFFILIATION: "Place of work",
    Field.TOPICS: "Topics",
    Field.QUESTION: "Question they bring",
    Field.AVAILABLE: "Rounds they can come to",
    Field.WISHES: "Would like to meet",
    Field.NOT_WITH: "Please not with",
    Field.NEEDS: "Access needs",
    Field.CONSENT_SHARE: "May we share the question",
}
CONFIDENTIAL = frozenset({Field.WISHES, Field.NOT_WITH})
"""What organisers who are no owners never read back; "not with" stands on no page at all."""
HIDDEN = "The rules of this event"
FIXED = frozenset({Field.ROLE, Field.STAGE, Field.AFFILIATION, Field.CONSENT_SHARE})
"""What can be the same for everybody in a file."""
