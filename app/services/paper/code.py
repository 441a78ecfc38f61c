"""The QR code on cards and badges: it leads to the event's public page.

Never to anybody's personal page: such an address opens it without a password, and paper is left on
tables, photographed and thrown away. On the public page everybody can ask for their own link.
"""

from __future__ import annotations

import segno

from app.services.paper.sheets import Code


def code_of(address: str) -> Code:
    """Return the code of an address as one path of dark modules."""
    rows = [[bool(cell) for cell in row] for row in segno.make(address, error="m").matrix]
    path = "".join(
        f"M{at} {down}h{length}v1h-{length}z"
        for down, row in enumerate(rows)
        for at, length in _runs(row)
    )
    return Code(size=len(rows), path=path)


def _runs(row: list[bool]) -> list[tuple[int, int]]:
    """Return where dark runs begin, and how long they are."""
    runs: list[tuple[int, int]] = []
    for at, is_dark in enumerate(row):
        if is_dark and runs and sum(runs[-1]) == at:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif is_dark:
            runs.append((at, 1))
    return runs
