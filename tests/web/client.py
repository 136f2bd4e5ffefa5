"""What a browser does with the page: go to an address, read its forms, send them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar

from flask.testing import FlaskClient
from jinja2.bccache import Bucket, BytecodeCache
from lxml import html
from werkzeug.test import TestResponse

from generator.web.security import PageSession, Sessions, cookie_of


@dataclass
class Page:
    """A browser without scripts: it keeps the cookie, and the last page."""

    client: FlaskClient
    sessions: Sessions
    host: str
    text: str = ""
    address: str = ""
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def session(self) -> PageSession:
        """The session of its cookie."""
        found = self.sessions.with_cookie(self.client.get_cookie(cookie_of(self.host), "127.0.0.1").value)
        assert found is not None
        return found

    @property
    def root(self) -> Any:
        """The last page as a tree."""
        return html.fromstring(self.text)

    def get(self, address: str, **headers: str) -> Page:
        """Go to an address."""
        return self._took(self.client.get(address, headers={"Host": self.host, **headers}, follow_redirects=False))

    def post(self, address: str, data: dict[str, Any], **headers: str) -> Page:
        """Send a form's answers with the token, as a page of ours does; follows to the page after it."""
        sent = {"~token": self.session.token, **data}
        heads = {"Host": self.host, "Origin": f"http://{self.host}", **headers}
        return self._took(self.client.post(address, data=sent, headers=heads))

    def _took(self, answer: TestResponse) -> Page:
        if answer.status_code in (301, 302, 303):
            return self.get(answer.headers["Location"])
        self.text, self.status, self.headers = answer.get_data(as_text=True), answer.status_code, dict(answer.headers)
        self.address = answer.request.path
        answer.close()
        return self

    def record(self, path: str) -> Page:
        """Open the form of a record."""
        return self.get(f"/r/{self.session.ids.of('record', path)}")

    def pupil(self, name: str) -> Page:
        """Open a pupil's page."""
        return self.get(f"/p/{self.session.ids.of('pupil', name)}")

    @property
    def answers(self) -> dict[str, list[str]]:
        """What the form of a record would send as it stands: line ends as browsers send them."""
        form = self.root.get_element_by_id("record")
        found: dict[str, list[str]] = {}
        for box in form.iter("input", "textarea", "select"):
            if (name := box.get("name")) and (value := _sent(box)) is not None:
                found.setdefault(name, []).append(value.replace("\r\n", "\n").replace("\n", "\r\n"))
        return found

    def send(self, answers: dict[str, Any], do: str = "save") -> Page:
        """Send the form of a record."""
        address = self.root.get_element_by_id("record").get("action")
        return self.post(address, {**answers, "~do": do})

    @property
    def said(self) -> list[str]:
        """What the page tells at its top."""
        return [one.text_content().strip() for one in self.root.xpath("//*[@id='said']//*[contains(@class, 'said')]")]


def _sent(box: Any) -> str | None:
    """What a browser sends for a box of a form; None for nothing."""
    if box.tag == "textarea":
        return (box.text or "").removeprefix("\n")
    if box.tag == "select":
        chosen = [one for one in box.iter("option") if "selected" in one.attrib] or list(box.iter("option"))[:1]
        return next((one.get("value", one.text or "") for one in chosen), None)
    if box.get("type") in ("radio", "checkbox") and "checked" not in box.attrib:
        return None
    return box.get("value", "")


class TemplatesCompiledOnce(BytecodeCache):
    """The page's templates as Jinja compiled them, for every application that tests make in this process."""

    _kept: ClassVar[dict[str, bytes]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()
