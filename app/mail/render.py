"""Mail texts from templates, with an environment of their own and no web context.

Every value a template shows is taken for text by a stranger: links and addresses in it are taken
apart, so that no mail client makes them clickable. What may stay a link says so by its type.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from app.mail.message import TURNING_MARKS, RenderedMail, header_text

_TEMPLATES = Path(__file__).parent.parent / "templates" / "mail"
_JOINERS = "\u200c\u200d"
"""Names in Persian and Sinhala, and families of emoji, are spelt with them."""
_DOT_BETWEEN = re.compile(rf"(?<=[\w{_JOINERS}])\.(?=[\w{_JOINERS}]{{2}})")
_NOT_TURNED = str.maketrans(dict.fromkeys(TURNING_MARKS, ""))
_KEEPABLE = f"\n\t{_JOINERS}"


class OwnText(str):
    """Text of the product or of an organiser: links in it may stay."""

    __slots__ = ()


class _Placeholder(OwnText):
    """What delivery replaces by an address; nobody else's text may look like one."""

    __slots__ = ()


def link(purpose: str, path: str = "", number: int | None = None) -> OwnText:
    """Return the placeholder of a link; delivery puts the address in its place.

    ``number`` is the row of a one-time link, which is not the reader's own for good.
    """
    row = "" if number is None else f":{number}"
    return _Placeholder(f"{{{{link:{purpose}{row}{path}}}}}")


def told(what: str) -> OwnText:
    """Return the placeholder of something confidential, put in as the mail leaves."""
    return _Placeholder(f"{{{{told:{what}}}}}")


def without_links(text: str) -> str:
    """Return text in which no mail client finds an address to make clickable."""
    spaced = (" " if sign.isspace() and sign not in _KEEPABLE else sign for sign in text)
    shown = "".join(sign for sign in spaced if sign.isprintable() or sign in _KEEPABLE)
    shown = shown.replace("{{", "{ {").replace("://", ": //").replace("@", " @ ")
    return _DOT_BETWEEN.sub(". ", shown)


def _finalize(value: Any) -> Any:
    if isinstance(value, _Placeholder | Markup) or not isinstance(value, str):
        return value
    if isinstance(value, OwnText):
        return OwnText(value.replace("{{", "{ {").translate(_NOT_TURNED))
    return without_links(value)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=select_autoescape(("html",), default=False),
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals["link"] = link
    environment.globals["told"] = told
    return environment


def render(name: str, **context: Any) -> RenderedMail:
    """Return the mail of a template folder; its links are still placeholders."""
    environment = _environment()
    subject = environment.get_template(f"{name}/subject.txt").render(context)
    text = environment.get_template(f"{name}/body.txt").render(context)
    html = environment.get_template(f"{name}/body.html").render(context | {"subject": subject})
    return RenderedMail(subject=header_text(subject), text=text.strip() + "\n", html=html)
