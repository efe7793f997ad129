/* What this browser keeps: the call under way, the questions of today's shift, the last result; and the connection. */
window.counsel = window.counsel || {};
(() => {
  "use strict";
  const counsel = window.counsel;
  const SHIFT = "counsel-shift";
  const CALL = "counsel-call";
  const RESULT = "counsel-result";
  const POLL_MS = 5000;

  counsel.today = () => new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Seoul" }).format(new Date());
  counsel.escape = (text) => {
    const span = document.createElement("span");
    span.textContent = text;
    return span.innerHTML.replaceAll('"', "&quot;");
  };
  /* A day as people read it: 2021-03-02 → 2021.3.2. */
  const day = (iso) => `${iso.split("-").map(Number).join(".")}.`;
  const read = (storage, key, otherwise) => {
    try { return JSON.parse(storage.getItem(key)) ?? otherwise; } catch { return otherwise; }
  };
  const write = (storage, key, value) => {
    try { storage.setItem(key, JSON.stringify(value)); } catch { /* a full or closed storage loses the history only */ }
  };

  counsel.savedCall = () => read(sessionStorage, CALL, {});
  counsel.saveCall = () => write(sessionStorage, CALL, counsel.call);
  counsel.saveResult = (html) => write(sessionStorage, RESULT, html);
  counsel.savedResult = () => read(sessionStorage, RESULT, "");

  const kept = () => {
    const shift = read(localStorage, SHIFT, null);
    return shift?.day === counsel.today() ? shift.entries : null;
  };
  const keep = (entries) => { write(localStorage, SHIFT, { day: counsel.today(), entries: entries.slice(0, 300) }); renderHistory(); };
  counsel.remember = (entry) => keep([entry, ...(kept() ?? [])]);
  counsel.forgetShift = () => keep([]);
  /* The next person at this screen starts with nothing of this one. */
  counsel.forgetAll = () => {
    counsel.leaveCall();
    localStorage.removeItem(SHIFT);
    for (const key of [CALL, RESULT]) sessionStorage.removeItem(key);
  };
  /* Where this browser has nothing of today (another browser, cleared data), the server's records have it. */
  async function fetchShift() {
    if (kept() !== null) return;
    try {
      const answer = await fetch("api/shift", { cache: "no-store" });
      const found = answer.ok ? await answer.json() : [];
      if (kept() === null && found.length) keep(found);
    } catch { check(); }
  }

  function renderHistory() {
    const list = document.getElementById("history-list");
    if (!list) return;
    const wanted = (document.getElementById("history-search")?.value || "").trim().toLowerCase();
    const entries = kept() ?? [];
    const found = entries.filter((e) => `${e.question} ${e.alone ?? ""} ${e.summary}`.toLowerCase().includes(wanted));
    list.innerHTML = found.map((e, i) => `<li><button type="button" data-action="again" data-value="${i}">
      <time>${counsel.escape(e.time)}</time><span class="badge status-${counsel.escape(e.status)}">${counsel.escape(e.label)}</span>
      <strong>${counsel.escape(e.alone || e.question)}</strong>${e.asOf ? `<span class="tag ask">기준일 ${day(e.asOf)}</span>` : ""}
      <span class="quiet">${counsel.escape(e.summary)}</span></button></li>`).join("")
      || `<li class="quiet empty">${entries.length ? "찾는 말이 든 질문이 없습니다." : "오늘 한 질문이 아직 없습니다."}</li>`;
    counsel.found = found;
  }
  counsel.mountHistory = (element) => {
    element.addEventListener("input", (event) => event.target.id === "history-search" && renderHistory());
    renderHistory();
    fetchShift();
  };
  counsel.openHistory = renderHistory;

  let started = null;
  let lost = false;
  async function check() {
    const bar = document.getElementById("connection");
    try {
      const answer = await fetch("api/health", { cache: "no-store", signal: AbortSignal.timeout(4000) });
      if (!answer.ok) throw new Error(String(answer.status));
      const health = await answer.json();
      if (started && started !== health.started) return window.location.reload();
      started = health.started;
      if (lost && bar) { bar.hidden = true; lost = false; }
    } catch {
      lost = true;
      if (!bar) return;
      bar.hidden = false;
      bar.textContent = "서버와 연결이 끊겼습니다. 적던 질문과 답은 그대로 두었고, 연결되면 저절로 이어집니다.";
    }
  }
  counsel.check = check;
  window.setInterval(check, POLL_MS);
  check();
})();
