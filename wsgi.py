"""The application for a WSGI server: ``gunicorn wsgi:app``."""

import os

from app.factory import create_app
from config import Config

app = create_app(Config.from_env(os.environ))
