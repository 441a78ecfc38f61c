"""Help in the app: how to run a first event. It names what the pages call it, and a test checks."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.blueprints.guards import public_page

blueprint = Blueprint("help", __name__)


@blueprint.get("/help")
@public_page
def guide() -> ResponseReturnValue:
    return render_template("public/guide.html")
