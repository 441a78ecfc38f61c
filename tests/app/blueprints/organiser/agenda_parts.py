"""A part of the agenda as the page posts it."""

from __future__ import annotations

PART = {
    "title": "Speed mentoring",
    "note": "",
    "minutes": "12",
    "rounds": "3",
    "changeover_minutes": "2",
    "takes_mentor": "y",
    "least_mentor": "1",
    "most_mentor": "2",
    "stays_mentor": "y",
    "takes_mentee": "y",
    "least_mentee": "1",
    "most_mentee": "4",
    "stages": "",
    "mentors_again": "never",
    "others_again": "free",
    "facilitators_again": "avoid",
}
