"""The tab 자료 관리: policy staff keep the corpus right, by the same calls as the command line."""

from types import ModuleType

from assistant.channels.web import (
    staff_history,
    staff_metadata,
    staff_notices,
    staff_publish,
    staff_retire,
    staff_upload,
    staff_watched,
)
from assistant.channels.web.signin import Sessions
from assistant.channels.web.staff_desk import StaffDesk
from assistant.publishing.office import Office
from assistant.publishing.watching import Watching
from assistant.records.users import Right
from assistant.service import Assistant
from assistant.settings import Settings


def lay_out(
    gradio: ModuleType, assistant: Assistant, settings: Settings, sessions: Sessions, watching: Watching
) -> None:
    """Put the tab's parts into the open Gradio context; without records nothing can be published."""
    if assistant.records is None:
        gradio.HTML("<p>기록을 쓰지 않는 실행에서는 자료를 바꿀 수 없습니다.</p>")
        return
    office = Office(assistant, assistant.records)
    with sessions.gate(gradio, Right.PUBLISH) as gate:
        desk = StaffDesk(gradio, office, watching, sessions, gate)
        with gradio.Tabs(elem_id="staff-tabs") as tabs:
            with gradio.Tab("올리기·바꾸기", id="upload"):
                upload = staff_upload.lay_out(desk)
            with gradio.Tab("감시 폴더", id="watched") as watched_tab:
                watched = staff_watched.lay_out(desk)
            with gradio.Tab("문서 정보", id="metadata") as metadata_tab:
                metadata = staff_metadata.lay_out(desk)
            with gradio.Tab("내리기", id="retire") as retire_tab:
                retire = staff_retire.lay_out(desk)
            with gradio.Tab("확인하고 게시", id="publish") as publish_tab:
                publish = staff_publish.lay_out(desk)
            with gradio.Tab("이력·되돌리기", id="past") as past_tab:
                past = staff_history.lay_out(desk)
            with gradio.Tab("공지", id="notices") as notices_tab:
                notices = staff_notices.lay_out(desk)
    staff_upload.bind(desk, upload, publish.drafts, tabs)
    staff_watched.bind(desk, watched, publish.drafts, watched_tab)
    staff_metadata.bind(desk, metadata, publish.drafts, tabs, metadata_tab)
    staff_retire.bind(desk, retire, publish.drafts, tabs, retire_tab)
    staff_publish.bind(desk, publish, publish_tab)
    staff_history.bind(desk, past, past_tab)
    staff_notices.bind(desk, notices, notices_tab)
