"""Paper for the day: cards, table cards, badges, the sign-in list and mentors' sheets."""

from __future__ import annotations

from app.services.paper.bundle import MOST_BLANKS, Order, make
from app.services.paper.sheets import Bundle, Kind, Section

__all__ = ["MOST_BLANKS", "Bundle", "Kind", "Order", "Section", "make"]
