from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.app.blueprints.organiser.conftest import Desk, desk

__all__ = ["desk"]
NO_ROW = 2**31


@pytest.mark.parametrize(
    "path",
    [
        f"/events/{NO_ROW}",
        f"/events/{10**30}",
        f"/events/{10**30}/roster/1",
        f"/events/1/plans/{10**30}",
        f"/outbox/{10**30}",
    ],
)
def test_number_that_no_row_can_have_is_not_found(desk: Desk, path: str) -> None:
    assert desk.client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/outbox?q=%00", "/events?x=a%00"])
def test_sign_that_no_text_column_takes_is_refused_in_addresses(desk: Desk, path: str) -> None:
    assert desk.client.get(path).status_code == 400


def test_sign_that_no_text_column_takes_is_refused_in_forms(client: FlaskClient) -> None:
    answer = client.post("/sign-in", data={"email": "a\x00@example.org", "password": "x"})

    assert answer.status_code == 400
    assert "That did not arrive whole" in answer.text


@pytest.mark.parametrize("path", ["/", "/sign-in", "/health", "/static/css/base.css"])
def test_name_of_another_host_is_refused_without_a_page(client: FlaskClient, path: str) -> None:
    answer = client.get(path, headers={"Host": "evil.example"})

    assert answer.status_code == 400
    assert "evil" not in answer.text
    assert "Location" not in answer.headers
