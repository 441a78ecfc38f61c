"""The application for a WSGI server: ``gunicorn wsgi:app``."""

import os

from app.factory import create_app
from app.jobs import presence
from config import Config

settings = Config.from_env(os.environ)
presence.take(settings.data)  # until the process ends: no backup is restored under it
app = create_app(settings)
