from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from config import Config
from tests.app.services.replies.scene import Inbox, make_inbox


@pytest.fixture
def inbox(session: Session, now: datetime, settings: Config, key: bytes) -> Inbox:
    return make_inbox(session, now, settings, key)
