"""The judge against a real HTTP server that behaves well, fails, and replies out of form."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from assistant.cli_eval import eval_judge
from assistant.errors import EvaluationError, SettingsError
from assistant.evaluation.judge import Judge, judge_of
from assistant.evaluation.ratings import BlindItem, Rating, agreement, rating
from assistant.evaluation.sheets import Sheet
from assistant.settings import Settings
from tests.evaluation import answers as made

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


def test_the_judge_rates_a_sheet_and_its_agreement_with_people_is_reported(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = Sheet.made(tmp_path, {"a": made.honest_answers()}, 3)
    for item, scores in zip(sheet.items, ((5, 4, 3), (5, 4, 2), (1, 4, 3)), strict=True):
        sheet.rate(rating(item.item, "가", scores))
    monkeypatch.setenv("ASSISTANT_LLM_BASE_URL", address)
    monkeypatch.setenv("ASSISTANT_LLM_MODEL", "good")
    eval_judge(sheet.folder)
    assert len(sheet.ratings) == 6
    # The judge gives 5, 4, 3 to everything: where a person varies its kappa is 0, where both are constant 1.
    told = "가 · 심사 모델 (함께 매긴 답 3개): 정확성 0.00, 완전성 1.00, 표현 0.00"
    assert told in capsys.readouterr().out


def test_without_an_endpoint_there_is_no_judge() -> None:
    with pytest.raises(SettingsError, match="ASSISTANT_LLM_BASE_URL"):
        judge_of(Settings())
