"""What every answer carries, an error page and a stylesheet too."""

from __future__ import annotations

from functools import partial

from flask import Flask, Response, request

from config import Config

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; frame-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
ONE_YEAR_S = 31_536_000
_SECRET_ROOMS = frozenset(
    {"me", "c", "feed", "agenda", "u", "welcome", "reset", "s", "reply", "join"}
)
"""First parts of addresses whose second part is a secret."""


def wire(app: Flask, settings: Config) -> None:
    """Attach the headers to an application."""
    app.after_request(partial(_protect, settings=settings))


def holds_secret() -> bool:
    """Return whether the address of the request is somebody's personal link."""
    return "token" in (request.view_args or {}) or _room(request.path) in _SECRET_ROOMS


def redacted(path: str) -> str:
    """Return the request's path as a log may keep it: without the secret that opens a page."""
    if not holds_secret():
        return path
    parts = path.split("/")
    secret = (request.view_args or {}).get("token") or (parts[2] if len(parts) > 2 else "")
    return path.replace(secret, "***") if secret else path


def _room(path: str) -> str:
    return path.split("/")[1] if path.count("/") else ""


def _protect(response: Response, *, settings: Config) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if holds_secret():
        response.headers["Referrer-Policy"] = "no-referrer"
    if settings.is_https:
        response.headers["Strict-Transport-Security"] = f"max-age={ONE_YEAR_S}"
    if not request.path.startswith("/static/"):
        response.headers.setdefault("Cache-Control", "no-store")
        response.vary.add("Cookie")
        if not request.path.startswith("/e/"):
            response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response
