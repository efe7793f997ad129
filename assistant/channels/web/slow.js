/* A slow answer shows evidence first: what a search finds, while the answer is not there; then a language model's prose. */
(() => {
  "use strict";
  const counsel = window.counsel;
  const SLOW_AFTER_MS = 300;
  const STATES = { current: "유효", outdated: "지난 판", ended: "종료", superseded: "새 판 있음", not_yet: "시행 전", undated: "유효기간 미상" };
  const root = () => document.getElementById("result");
  let timer = 0;

  counsel.waiting = (question) => {
    const mine = counsel.turn;
    window.clearTimeout(timer);
    timer = window.setTimeout(() => search(question, mine), SLOW_AFTER_MS);
  };
  counsel.waited = () => {
    window.clearTimeout(timer);
    document.getElementById("first-evidence")?.remove();
  };
  async function search(question, mine) {
    const { programme } = counsel.call.carried;
    const q = programme && question.length <= 14 ? `${programme} ${question}` : question;
    const { category, region } = counsel.call.filters;
    const asked = { q, k: 5, as_of: counsel.call.asOf, category, region };
    const given = Object.entries(asked).filter(([, value]) => value);
    try {
      const answer = await fetch(`api/search?${new URLSearchParams(given)}`);
      const found = answer.ok ? await answer.json() : [];
      if (mine === counsel.turn && root().getAttribute("aria-busy")) show(question, found);
    } catch { counsel.check(); }
  }
  function show(question, found) {
    document.getElementById("first-evidence")?.remove();
    const section = document.createElement("section");
    section.id = "first-evidence";
    section.setAttribute("aria-label", "먼저 찾은 자료");
    const items = found.filter((one) => !one.rejected).map((one) => `<li><header><strong>${counsel.escape(one.title)}</strong>
      <span class="tag state-${one.state}">${STATES[one.state]}</span>
      <span class="quiet">${counsel.escape(one.heading_path.join(" › "))}</span></header>
      <p>${counsel.escape(one.passage)}</p></li>`);
    section.innerHTML = `<h2>답을 만드는 중입니다. 먼저 찾은 자료 <small>질문: ${counsel.escape(question)}</small></h2>
      <ol>${items.join("") || "<li>찾은 자료가 없습니다.</li>"}</ol>`;
    root().before(section);
    counsel.evidenceAt = performance.now();
  }

  const cites = (markers) => markers.length ? `<button type="button" class="cite" data-markers="${markers.join(" ")}"
    aria-label="근거 ${markers[0]} 보기">${markers[0]}</button>` : "";
  counsel.askProse = async (result) => {
    const slot = result.querySelector(".prose-slot:not([data-done])");
    if (!slot) return;
    let told = { prose: [], refused: "서버에 닿지 않았습니다." };
    try {
      const answer = await fetch(`api/answers/${encodeURIComponent(result.dataset.answerId)}/prose`, { method: "POST" });
      if (answer.ok) told = await answer.json();
    } catch { counsel.check(); }
    if (!slot.isConnected) return;
    slot.dataset.done = "1";
    slot.innerHTML = told.prose.length ? `<div class="aloud-head"><h2>AI가 다듬은 문장 <small>원문과 대조해 통과한 문장만</small></h2>
      <button type="button" data-action="copy-prose">복사</button></div>${told.prose.map((s) =>
        `<p><span class="say" data-markers="${s.citations.join(" ")}">${counsel.escape(s.text)}</span>${cites(s.citations)}</p>`).join("")}`
      : `<p class="quiet">AI 문장은 쓰지 않았습니다. ${counsel.escape(told.refused || "")}</p>`;
    slot.classList.toggle("told", told.prose.length > 0);
    counsel.proseAt = performance.now();
    counsel.keepResult();
  };
})();
