"""The web application: builds the service and the page, nothing else."""

import argparse
import sys

from assistant.errors import AssistantError
from assistant.settings import Settings


def main(arguments: list[str] | None = None) -> int:
    """Open the assistant and serve its page; an error of this project becomes one line and exit status 1."""
    parser = argparse.ArgumentParser(description="복지 상담 도우미 화면을 엽니다.")
    parser.add_argument("--host", default="127.0.0.1", help="받을 주소 (기본: 이 컴퓨터에서만)")
    parser.add_argument("--port", type=int, default=7860)
    options = parser.parse_args(arguments)

    from assistant.channels.web.page import serve
    from assistant.records.store import Records
    from assistant.service import Assistant

    try:
        settings = Settings.from_environment()
        assistant = Assistant.open(settings, Records(settings.records_path))
        serve(assistant, settings, options.host, options.port)
    except AssistantError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
