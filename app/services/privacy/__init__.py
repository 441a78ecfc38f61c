"""What is held about people: shown, handed over, taken back, forgotten."""

from __future__ import annotations

from pathlib import Path

from app.services.privacy import journal_file
from app.services.privacy.confidential_copy import send_confidential
from app.services.privacy.consents import take_back
from app.services.privacy.erasure import erase, replay
from app.services.privacy.export import PersonExport, export_of
from app.services.privacy.export_files import as_csv, as_json
from app.services.privacy.forgetting import ERASED_NAME
from app.services.privacy.retention import Forgotten, anonymise_due, names_kept_until

__all__ = [
    "ERASED_NAME",
    "Forgotten",
    "PersonExport",
    "anonymise_due",
    "as_csv",
    "as_json",
    "erase",
    "export_of",
    "journal_faults",
    "journal_path",
    "names_kept_until",
    "replay",
    "send_confidential",
    "take_back",
]


def journal_path(data: Path) -> Path:
    """Return where an installation's erasures are written down."""
    return data / journal_file.FILE_NAME


def journal_faults(journal: Path) -> tuple[str, ...]:
    """Return what cannot be read of a journal, in words for whoever restores."""
    return journal_file.read(journal).faults
