"""The judge against a real HTTP server that behaves well, fails, and replies out of form."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from assistant.errors import EvaluationError
from assistant.evaluation.judge import Judge
from assistant.evaluation.ratings import BlindItem, Rating, agreement

ITEM = BlindItem("item-0001", "기초연금 얼마", "2021-03-02", "월 30만원입니다.", "", ("월 30만원입니다.",))


class Endpoint(BaseHTTPRequestHandler):
    """Replies with what the model's name says."""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        good = json.dumps({"correctness": 5, "completeness": 4, "wording": 3})
        content = {"good": good, "prose": "아주 좋습니다", "six": good.replace("5", "6")}.get(
            asked["model"], ""
        )
        body = json.dumps({"choices": [{"message": {"content": content}}]}).encode()
        self.send_response(500 if asked["model"] == "down" else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing on standard error."""


@pytest.fixture
def address() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Endpoint)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_judge_is_one_more_rater(address: str) -> None:
    rating = Judge(address, "good").rate([ITEM])[0]
    assert rating == Rating("item-0001", "judge", 5, 4, 3)
    person = Rating("item-0001", "가", 5, 4, 3)
    assert agreement([rating, person])["correctness"] == 1.0


@pytest.mark.parametrize("model", ["prose", "six", "down", "empty"])
def test_a_judge_that_fails_says_so_in_one_line(address: str, model: str) -> None:
    with pytest.raises(EvaluationError) as caught:
        Judge(address, model).rate([ITEM])
    assert "\n" not in str(caught.value)
