"""The page that shows the API to people, made from the document that programs read."""

from __future__ import annotations

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue

from app.blueprints import context
from app.blueprints.api import document, listing, problems
from app.blueprints.guards import public_page

blueprint = Blueprint("api_docs", __name__)


@blueprint.get("/api/v1/openapi.json")
@public_page
def openapi() -> Response:
    return document.serve()


@blueprint.get("/api/v1/docs")
@public_page
def page() -> ResponseReturnValue:
    base_url = context.settings().base_url
    return render_template(
        "public/api.html",
        base_url=base_url,
        about=document.ABOUT,
        groups=listing.groups(document.document(), base_url),
        schemas=listing.schemas(document.document()),
        problems=[
            (status, slug, title, problems.ADVICE[status])
            for status, (slug, title) in problems.TITLES.items()
        ],
    )
