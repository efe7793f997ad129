/* The question box: Enter that respects Hangul composition, suggestions, shortcuts, the as-of date, a new call. */
(() => {
  "use strict";
  const counsel = window.counsel;
  const SUGGEST_AFTER_MS = 120;
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
  /* Gradio calls this before the question leaves; what it returns are the inputs of the handler. */
  counsel.asked = () => {
    closeSuggestions();
    counsel.askedAt = performance.now();
    byId("result")?.setAttribute("aria-busy", "true");
    window.setTimeout(() => byId("result")?.getAttribute("aria-busy") && counsel.check(), 2500);
    const context = fresh ? [] : counsel.call.context.slice(-5);
    fresh = false;
    return [box().value, { as_of: counsel.call.asOf, context }];
  };
  counsel.newCall = () => {
    Object.assign(counsel.call, { context: [], asOf: null, last: null });
    counsel.setQuestion("");
    counsel.clearResult();
    closeSuggestions();
    showCall();
    box().focus();
  };
  function showCall() {
    const day = byId("as-of");
    const today = counsel.today();
    if (day) {
      day.value = counsel.call.asOf || today;
      const moved = day.value !== today;
      day.classList.toggle("moved", moved);
      byId("as-of-note").hidden = !moved;
    }
    const chips = byId("chips");
    if (!chips) return;
    chips.innerHTML = counsel.call.context.length
      ? `<span class="quiet">이어지는 통화</span>${counsel.call.context.map((question, i) =>
        `<span class="chip">${counsel.escape(question)}<button type="button" data-action="drop" data-value="${i}"
          aria-label="이어지는 내용에서 빼기: ${counsel.escape(question)}">×</button></span>`).join("")}` : "";
  }
  counsel.showCall = showCall;
  counsel.carry = (question) => {
    const context = counsel.call.context.filter((earlier) => earlier !== question);
    counsel.call.context = [...context, question].slice(-5);
    counsel.saveCall();
    showCall();
  };
  counsel.drop = (position) => { counsel.call.context.splice(position, 1); counsel.saveCall(); showCall(); };
  counsel.setDay = (day) => {
    counsel.call.asOf = day && day !== counsel.today() ? day : null;
    counsel.saveCall();
    showCall();
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
    showCall();
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
  async function suggest(text) {
    const mine = ++wanted;
    if (text.trim().length < 2) return closeSuggestions();
    try {
      const answer = await fetch(`api/suggest?prefix=${encodeURIComponent(text.slice(0, 200))}`);
      const found = answer.ok ? await answer.json() : [];
      if (mine === wanted) showSuggestions(found);
    } catch { counsel.check(); }
  }
  function showSuggestions(found) {
    closeSuggestions();
    if (!found.length || document.activeElement !== box()) return;
    const list = document.createElement("ul");
    Object.assign(list, { id: "suggestions" });
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "사업 제안");
    list.innerHTML = found.map((s, i) =>
      `<li role="option" id="suggestion-${i}" aria-selected="false" data-value="${counsel.escape(s.title)}">${counsel.escape(s.title)}</li>`).join("");
    byId("question").append(list);
    box().setAttribute("aria-expanded", "true");
    counsel.suggestedAt = performance.now();
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
  function shortcut(event) {
    const typing = event.target.matches?.("input, textarea, select");
    if (event.altKey && event.code === "KeyN") { stop(event); counsel.newCall(); }
    else if (event.altKey && /^Digit[1-9]$/.test(event.code)) { stop(event); counsel.openCitation(Number(event.code.slice(5))); }
    else if (event.target === box()) inBox(event);
    else if (!typing && event.key === "?") { stop(event); byId("help").showModal(); }
    else if (!typing && event.key === "/") { stop(event); box().focus(); box().select(); }
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
