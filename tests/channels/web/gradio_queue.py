"""Gradio's queue spoken to raw over HTTP, as somebody would who goes around the page."""

import json
from typing import Any
from uuid import uuid4

from fastapi.testclient import TestClient


def called(
    client: TestClient, dependency: dict[str, Any], values: list[Any] | None = None, session: str = ""
) -> dict[str, Any]:
    """Call a handler by its number; the last event: `success`, and `output` with `error` or `data`.

    `session` names a page that stays open: choices that a handler put into a list can then be chosen.
    """
    session = session or uuid4().hex
    data = values if values is not None else dependency["blank"]
    joined = client.post(
        "/gradio_api/queue/join",
        json={"data": data, "fn_index": dependency["id"], "session_hash": session, "event_data": None},
    )
    assert joined.status_code == 200, joined.text
    last: dict[str, Any] = {}
    with client.stream("GET", "/gradio_api/queue/data", params={"session_hash": session}) as stream:
        for line in stream.iter_lines():
            event = json.loads(line[len("data: ") :]) if line.startswith("data: ") else {}
            if event.get("msg") == "process_completed":
                last = event
            if event.get("msg") == "close_stream":
                break
    return last


def dependencies(client: TestClient) -> list[dict[str, Any]]:
    """Every handler that the page's configuration names and the server runs.

    `blank`: values for its inputs that Gradio lets through, empty ones of the right kind.
    """
    config = client.get("/config").json()
    components = {component["id"]: component for component in config["components"]}
    return [
        {**d, "blank": [_blank(components[number]) for number in d["inputs"]]}
        for d in config["dependencies"]
        if d["backend_fn"]
    ]


def _blank(component: dict[str, Any]) -> Any:
    props = component["props"]
    if component["type"] == "checkboxgroup" or props.get("multiselect"):
        return []
    return props.get("value")
