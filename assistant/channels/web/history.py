"""The tab 이번 근무 이력: what was asked today, kept by the browser, or taken from the records."""

from types import ModuleType

FRAME = """
<section class="history" aria-label="이번 근무 이력">
  <div class="history-bar">
    <label for="history-search">이력 찾기</label>
    <input id="history-search" type="search" placeholder="질문이나 답에 나온 말">
    <button type="button" data-action="forget-shift">이력 지우기</button>
  </div>
  <p class="quiet">누르면 그때의 기준일로 다시 묻습니다. 자정이 지나면 비워집니다.
  이 브라우저에 오늘 것이 없으면 서버 기록에서 가져옵니다.</p>
  <ol id="history-list"></ol>
</section>
"""


def lay_out(gradio: ModuleType) -> None:
    """Put the tab's parts into the open Gradio context; `shift.js` fills the list."""
    gradio.HTML(FRAME, elem_id="history", js_on_load="window.counsel.mountHistory(element)")
