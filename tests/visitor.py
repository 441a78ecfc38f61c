"""Somebody at a browser without JavaScript: opens pages, fills forms, follows redirects."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from flask.testing import FlaskClient


@dataclass
class Form:
    """A form with what its fields hold before anybody types."""

    action: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    """Of all its fields, also of boxes that nobody ticked."""

    def filled(self, **values: object) -> dict[str, list[str]]:
        """Return what would be sent; a list ticks several boxes, None leaves a field out."""
        sent = dict(self.fields)
        for name, value in values.items():
            if value is None:
                sent.pop(name, None)
            else:
                sent[name] = [str(v) for v in value] if isinstance(value, list) else [str(value)]
        return sent


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.title = ""
        self._text: str | None = None
        self._select = ""
        self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in has:
            self.links.append(has["href"])
        elif tag == "title":
            self._text = ""
        elif tag == "form":
            self.forms.append(Form(has.get("action", ""), has.get("method", "get").lower()))
        elif tag == "option" and self._select and "selected" in has:
            self._put(self._select, has.get("value", ""))
        elif self.forms and "name" in has:
            self.forms[-1].names.add(has["name"])
            self._start_field(tag, has)

    def _start_field(self, tag: str, has: dict[str, str]) -> None:
        kind = has.get("type", "text")
        if tag == "select":
            self._select = has["name"]
        elif tag == "textarea":
            self._area, self._text = has["name"], ""
        elif tag == "input" and kind in {"checkbox", "radio"}:
            if "checked" in has:
                self._put(has["name"], has.get("value", "on"))
        elif tag == "input" and kind not in {"submit", "button", "image"}:
            self._put(has["name"], has.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self.title, self._text = (self._text or "").strip(), None
        if tag == "select":
            self._select = ""
        if tag == "textarea":
            self._put(self._area, (self._text or "").removeprefix("\n"))
            self._area, self._text = "", None

    def _put(self, name: str, value: str) -> None:
        self.forms[-1].fields.setdefault(name, []).append(value)


def forms_of(html: str) -> tuple[Form, ...]:
    """Return the forms of a page with what their fields hold."""
    reader = _Reader()
    reader.feed(html)
    return tuple(reader.forms)


@dataclass(frozen=True)
class Page:
    """A page as it arrived."""

    status: int
    url: str
    html: str
    title: str
    forms: tuple[Form, ...]
    links: tuple[str, ...]

    def form(self, where: str = "") -> Form:
        """Return the one form whose address contains ``where``; one that acts goes first."""
        found = [form for form in self.forms if where in (form.action or self.url)]
        found = [form for form in found if form.method == "post"] or found
        assert len(found) == 1, f"{len(found)} forms for {where!r} on {self.url}: {self.html[:400]}"
        return found[0]

    def link(self, where: str) -> str:
        """Return the first link that contains ``where``."""
        return next(link for link in self.links if where in link)


@dataclass
class Visitor:
    """A browser's worth of cookies; refuses to go on from a page with another status."""

    client: FlaskClient

    def open(self, url: str, *, status: int = 200) -> Page:
        """Open a page by its address, absolute or not."""
        parts = urlsplit(url)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        return self._page(self.client.get(path, follow_redirects=True), status)

    def send(self, page: Page, form: Form, *, status: int = 200, **values: object) -> Page:
        """Fill and send a form of a page."""
        url = urljoin(page.url, form.action or page.url)
        sent = form.filled(**values)
        if form.method == "get":
            answer = self.client.get(url, query_string=sent, follow_redirects=True)
        else:
            answer = self.client.post(url, data=sent, follow_redirects=True)
        return self._page(answer, status)

    def _page(self, answer: object, status: int) -> Page:
        text = answer.get_data(as_text=True)  # type: ignore[attr-defined]
        request = answer.request  # type: ignore[attr-defined]
        code = answer.status_code  # type: ignore[attr-defined]
        assert code == status, f"{request.path}: {code}, expected {status}\n{text[:2000]}"
        reader = _Reader()
        reader.feed(text)
        url = request.path + (f"?{request.query_string.decode()}" if request.query_string else "")
        return Page(code, url, text, reader.title, tuple(reader.forms), tuple(reader.links))
