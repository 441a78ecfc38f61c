"""Problems as their documents, read once for the several parts of a page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

_KEPT = 4
"""Documents of plans in hand, of about a megabyte each for hundreds of people."""


@lru_cache(maxsize=_KEPT)
def read_document(problem: str) -> Mapping[str, Any]:
    """Return a stored problem as its document; nobody changes what is in it."""
    return MappingProxyType(json.loads(problem))
