/* The question box: Enter that respects Hangul composition, suggestions, shortcuts. */
(() => {
  "use strict";
  const counsel = window.counsel;
  const SUGGEST_AFTER_MS = 120;
  const OVER = { ended: "종료", superseded: "새 판 있음", not_yet: "시행 전" };
  const box = () => document.querySelector("#question input, #question textarea");
  const byId = (id) => document.getElementById(id);
  let fresh = false;

  counsel.setQuestion = (text) => {
    const input = box();
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(input), "value").set.call(input, text);
    input.dispatchEvent(new Event("input", { bubbles: true }));
    counsel.call.draft = text;
    counsel.saveCall();
  };
  counsel.ask = (text, alone = false) => {
    fresh = alone;
    counsel.setQuestion(text);
    closeSuggestions();
    window.setTimeout(() => byId("ask").click(), 0);
  };
  counsel.focusQuestion = () => { box()?.focus(); box()?.select(); };
  /* Gradio calls this before the question leaves; what it returns are the inputs of the handler. */
  counsel.asked = () => {
    closeSuggestions();
    counsel.turn += 1;
    counsel.inFlight = box().value;
    byId("result")?.setAttribute("aria-busy", "true");
    window.setTimeout(() => byId("result")?.getAttribute("aria-busy") && counsel.check(), 2500);
    counsel.waiting(box().value);
    counsel.inFlightAlone = fresh;
    const context = fresh ? [] : counsel.context();
    fresh = false;
    const { asOf, note, filters } = counsel.call;
    return [box().value, { as_of: asOf, context, note, ...filters, turn: String(counsel.turn) }];
  };

  let timer = 0;
  let wanted = 0;
  let chosen = -1;
  function closeSuggestions() {
    window.clearTimeout(timer);
    wanted += 1;
    chosen = -1;
    byId("suggestions")?.remove();
    box()?.setAttribute("aria-expanded", "false");
    box()?.removeAttribute("aria-activedescendant");
  }
  counsel.closeSuggestions = closeSuggestions;
  async function suggest(text) {
    const mine = ++wanted;
    if (text.trim().length < 2) return closeSuggestions();
    try {
      const day = counsel.call.asOf ? `&as_of=${counsel.call.asOf}` : "";
      const answer = await fetch(`api/suggest?prefix=${encodeURIComponent(text.slice(0, 200))}${day}`);
      const found = answer.ok ? await answer.json() : [];
      if (mine === wanted) showSuggestions(found);
    } catch { counsel.check(); }
  }
  const mark = (state) => OVER[state] ? ` <span class="tag state-${state}">${OVER[state]}</span>` : "";
  function showSuggestions(found) {
    closeSuggestions();
    if (!found.length || document.activeElement !== box()) return;
    const list = document.createElement("ul");
    Object.assign(list, { id: "suggestions" });
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "사업 제안");
    list.innerHTML = found.map((s, i) =>
      `<li role="option" id="suggestion-${i}" aria-selected="false" data-value="${counsel.escape(s.title)}">${counsel.escape(s.title)}${mark(s.state)}</li>`).join("");
    byId("question").append(list);
    box().setAttribute("aria-expanded", "true");
  }
  function move(step) {
    const options = [...document.querySelectorAll("#suggestions li")];
    if (!options.length) return false;
    chosen = (chosen + step + options.length + (chosen < 0 && step < 0 ? 1 : 0)) % options.length;
    options.forEach((option, i) => option.setAttribute("aria-selected", String(i === chosen)));
    box().setAttribute("aria-activedescendant", options[chosen].id);
    return true;
  }
  function take(option) { counsel.setQuestion(`${option.dataset.value.replace(/\s*\(\d{4}[^)]*\)$/, "")} `); closeSuggestions(); box().focus(); }

  document.addEventListener("input", (event) => {
    if (event.target !== box() || !event.isTrusted) return;
    counsel.call.draft = event.target.value;
    counsel.saveCall();
    window.clearTimeout(timer);
    wanted += 1;
    timer = window.setTimeout(suggest, SUGGEST_AFTER_MS, event.target.value);
  });
  document.addEventListener("mousedown", (event) => {
    const option = event.target.closest?.("#suggestions li");
    if (option) { event.preventDefault(); take(option); } else if (event.target !== box()) closeSuggestions();
  });
  const stop = (event) => { event.preventDefault(); event.stopImmediatePropagation(); };
  function inBox(event) {
    if (event.key === "Enter") {
      const option = document.querySelector('#suggestions li[aria-selected="true"]');
      if (option) { stop(event); take(option); }
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (move(event.key === "ArrowDown" ? 1 : -1)) stop(event);
    } else if (event.key === "Escape") {
      if (byId("suggestions")) closeSuggestions(); else counsel.setQuestion("");
    }
  }
  /* Captured before Gradio sees it: an Enter that only ends a syllable must not ask. */
  for (const kind of ["keydown", "keypress"]) {
    document.addEventListener(kind, (event) => {
      if (event.target === box() && (event.isComposing || event.keyCode === 229)) event.stopImmediatePropagation();
      else if (kind === "keydown") shortcut(event);
    }, true);
  }
  let digits = "";
  let digitAt = 0;
  /* Alt+1, then 2 while Alt is held or soon after: citation 12, where there is one. */
  function openCitation(digit) {
    const now = performance.now();
    const longer = now - digitAt < 800 ? digits + digit : digit;
    digits = counsel.hasCitation(Number(longer)) ? longer : digit;
    digitAt = now;
    counsel.openCitation(Number(digits));
  }
  counsel.showHelp = () => { if (!byId("help").open) byId("help").showModal(); };
  function shortcut(event) {
    const typing = event.target.matches?.("input, textarea, select");
    if (event.key === "F1") { stop(event); counsel.showHelp(); }
    else if (event.key === "F2" || (event.altKey && event.code === "KeyN")) { stop(event); counsel.newCall(); }
    else if (event.altKey && /^(Digit|Numpad)[0-9]$/.test(event.code)) { stop(event); openCitation(event.code.slice(-1)); }
    else if (event.target === box()) inBox(event);
    else if (!typing && event.key === "?") { stop(event); counsel.showHelp(); }
    else if (!typing && event.key === "/") { stop(event); counsel.openTab(); counsel.focusQuestion(); }
  }
  counsel.mountQuestion = () => {
    const input = box();
    if (!input) return void window.setTimeout(counsel.mountQuestion, 50);
    for (const [name, value] of Object.entries({ "aria-label": "질문", role: "combobox", "aria-autocomplete": "list",
      "aria-controls": "suggestions", "aria-expanded": "false", autocomplete: "off", lang: "ko" })) input.setAttribute(name, value);
    if (counsel.call.draft && !input.value) counsel.setQuestion(counsel.call.draft);
    input.focus();
  };
})();
