"""Somebody of a role before the page, who presses its buttons over HTTP as the browser does."""

from typing import Any

from fastapi.testclient import TestClient

from tests.channels.web.gradio_queue import called, dependencies

PASSWORD = "correct horse"


class Visitor:
    """A client of the page; `do` is a button or form of the page's own HTML (`data-do`)."""

    def __init__(self, client: TestClient, name: str | None) -> None:
        self._client = client
        if name is not None:
            signed = client.post("/sign-in", json={"name": name, "password": PASSWORD})
            assert signed.status_code == 200, signed.text

    def event(self, name: str, sent: dict[str, Any] | None = None) -> dict[str, Any]:
        """The last event of a handler: `success`, and `output` with `error` or `data`."""
        config = self._client.get("/config").json()
        button = next(c["id"] for c in config["components"] if c["props"].get("elem_id") == name)
        handler = next(d for d in dependencies(self._client) if [button, "click"] in d["targets"])
        return called(self._client, handler, [sent])

    def do(self, name: str, **sent: Any) -> list[Any]:
        """What a handler fills its outputs with."""
        event = self.event(name, sent)
        assert event["success"], event["output"]
        return list(event["output"]["data"])

    def refused(self, name: str, **sent: Any) -> str:
        """The one line of a handler that did nothing."""
        event = self.event(name, sent)
        assert not event["success"], event["output"]
        return str(event["output"]["error"])

    def opening(self) -> str:
        """Everything that the page shows when it is opened."""
        shown = [d for d in dependencies(self._client) if d["api_name"].startswith("shown")]
        return " ".join(str(called(self._client, d)["output"]["data"]) for d in shown)
