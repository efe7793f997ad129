/* The call under way: what the next question leans on (chips), filters, as-of date, note, and a new call that clears it all. */
(() => {
  "use strict";
  const counsel = window.counsel;
  const byId = (id) => document.getElementById(id);
  const NOTHING = { programme: "", household: "", question: "" };
  const NO_FILTERS = { category: "", region: "" };
  const BLANK = { carried: NOTHING, filters: NO_FILTERS, asOf: null, note: "", draft: "", last: null };

  counsel.call = { ...BLANK, ...counsel.savedCall() };
  counsel.turn = 0;

  /* Earlier words of the call as the engine reads them: the programme's name, then the last question. */
  counsel.context = () => {
    const { programme, household, question } = counsel.call.carried;
    const told = [household && `${household}인 가구`, question].filter(Boolean).join(" ");
    return [programme, told].filter(Boolean);
  };
  counsel.carry = ({ programme, household, bare }) => {
    const kept = household || counsel.call.carried.household;
    counsel.call.carried = { programme, household: kept, question: bare };
    counsel.saveCall();
    counsel.showCall();
  };
  const DROPPED = {
    programme: { programme: "", question: "" },
    household: { household: "" },
    question: { question: "" },
  };
  counsel.drop = (what) => {
    Object.assign(counsel.call.carried, DROPPED[what]);
    counsel.saveCall();
    counsel.showCall();
    counsel.focusQuestion();
  };
  counsel.setDay = (day) => {
    counsel.call.asOf = day && day !== counsel.today() ? day : null;
    counsel.saveCall();
    counsel.showCall();
  };
  counsel.setFilters = (filters) => {
    counsel.call.filters = { ...NO_FILTERS, ...filters };
    counsel.saveCall();
    counsel.showCall();
  };
  /* Nothing of the last caller leaks into what is asked next. */
  counsel.leaveCall = () => {
    counsel.turn += 1;
    Object.assign(counsel.call, { carried: { ...NOTHING }, filters: { ...NO_FILTERS }, asOf: null, note: "", last: null });
    counsel.clearResult();
  };
  counsel.newCall = () => {
    counsel.leaveCall();
    counsel.openTab();
    counsel.setQuestion("");
    counsel.closeSuggestions();
    counsel.showCall();
    counsel.focusQuestion();
  };
  counsel.openTab = () => document.querySelector('#tabs button[role="tab"]')?.click();

  function chip(what, label, words) {
    const text = counsel.escape(words);
    return `<span class="chip"><b>${label}</b><span class="chip-words">${text}</span><button type="button"
      data-action="drop" data-value="${what}" aria-label="이어지는 내용에서 빼기: ${label} ${text}">×</button></span>`;
  }
  function chips() {
    const { programme, household, question } = counsel.call.carried;
    const shown = [
      programme && chip("programme", "사업", programme),
      household && chip("household", "가구", `${household}인`),
      !programme && question && chip("question", "앞 질문", question),
    ].filter(Boolean);
    return shown.length ? `<span class="quiet">이어지는 내용</span>${shown.join("")}`
      : '<span class="quiet">이어지는 내용 없음</span>';
  }
  counsel.showCall = () => {
    const day = byId("as-of");
    if (day) {
      const today = counsel.today();
      day.value = counsel.call.asOf || today;
      day.classList.toggle("moved", day.value !== today);
      byId("as-of-note").hidden = day.value === today;
    }
    const note = byId("call-note");
    if (note && note.value !== counsel.call.note) note.value = counsel.call.note;
    if (byId("chips")) byId("chips").innerHTML = chips();
    const on = Object.values(counsel.call.filters).some(Boolean);
    for (const select of document.querySelectorAll("[data-filter]")) {
      const wanted = counsel.call.filters[select.dataset.filter];
      if (wanted && ![...select.options].some((o) => o.value === wanted)) select.add(new Option(wanted, wanted));
      select.value = wanted;
      select.classList.toggle("moved", Boolean(wanted));
    }
    const off = document.querySelector('#carried [data-action="unfilter"]');
    if (off) off.hidden = !on;
  };
  counsel.mountCall = async (element) => {
    element.addEventListener("change", (event) => {
      const { filter } = event.target.dataset;
      if (!filter) return;
      counsel.setFilters({ ...counsel.call.filters, [filter]: event.target.value });
      counsel.focusQuestion();
    });
    const note = byId("call-note");
    note.addEventListener("input", () => { counsel.call.note = note.value; counsel.saveCall(); });
    note.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing || event.keyCode === 229) return;
      event.preventDefault();
      counsel.focusQuestion();
    });
    for (const select of element.querySelectorAll("[data-filter]")) select.add(new Option("전체", ""));
    counsel.showCall();
    try {
      const { categories, regions } = await (await fetch("api/filters")).json();
      for (const [select, names] of [["category", categories], ["region", regions]]) {
        const list = element.querySelector(`[data-filter="${select}"]`);
        list.replaceChildren(...["", ...names].map((name) => new Option(name || "전체", name)));
      }
      counsel.showCall();
    } catch { counsel.check(); }
  };
  counsel.setDark = (dark, keep = true) => {
    document.body.classList.toggle("dark", dark);
    document.querySelector('[data-action="dark"]').textContent = dark ? "밝게" : "어둡게";
    if (keep) localStorage.setItem("counsel-dark", dark ? "1" : "0");
  };
  counsel.mountHeader = (element) => {
    const kept = localStorage.getItem("counsel-dark");
    counsel.setDark(kept ? kept === "1" : document.body.classList.contains("dark"), false);
    element.addEventListener("change", (event) => event.target.id === "as-of" && counsel.setDay(event.target.value));
    counsel.showCall();
    counsel.showWho();
  };
})();
