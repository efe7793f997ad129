/* The answer: what was painted is remembered; sentences and passages point at each other; buttons do their work. */
(() => {
  "use strict";
  const counsel = window.counsel;
  const root = () => document.getElementById("result");
  const result = () => document.querySelector("#result .result");

  counsel.mountResult = (element) => {
    let seen = null;
    const painted = () => {
      const now = element.querySelector(".result");
      const key = now ? now.dataset.answerId || now.dataset.key : seen;
      if (key === seen) return;
      seen = key;
      root().removeAttribute("aria-busy");
      if (!now.dataset.restored) arrived(now, element);
    };
    new MutationObserver(painted).observe(element, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-answer-id", "data-key"] });
    const saved = counsel.savedResult();
    if (saved && counsel.call.last && !element.querySelector(".result")) restore(element, saved);
    counsel.mountQuestion();
    counsel.showCall();
  };
  function place(element) { return element.querySelector(".welcome")?.parentElement || element.querySelector(".result")?.parentElement || element; }
  function restore(element, html) {
    place(element).innerHTML = html;
    const kept = element.querySelector(".result");
    if (kept) kept.dataset.restored = "1";
  }
  counsel.clearResult = () => {
    const old = result();
    if (old) old.hidden = true;
    counsel.saveResult("");
  };
  function arrived(now, element) {
    counsel.paintedAt = performance.now();
    const input = document.querySelector("#question input, #question textarea");
    if (document.activeElement === input) input.select();
    if (!now.dataset.answerId) return;
    const { question, status, label, summary, asOf, answerId } = now.dataset;
    counsel.call.last = question;
    counsel.carry(question);
    counsel.saveResult(place(element).innerHTML);
    const time = new Intl.DateTimeFormat("ko-KR", { hour: "2-digit", minute: "2-digit", hour12: false }).format(new Date());
    counsel.remember({ time, question, status, label, summary, asOf: counsel.call.asOf, day: asOf, answerId });
    const first = now.querySelector(".aloud .cite, .confirm .cite, .cite");
    if (first) show(ones(first), false);
  }

  const ones = (node) => node.dataset.markers.split(" ");
  const all = (selector) => [...document.querySelectorAll(`#result ${selector}`)];
  function show(markers, move) {
    for (const old of all(".on")) old.classList.remove("on");
    for (const cite of all(".cite")) cite.classList.toggle("on", ones(cite)[0] === markers[0]);
    for (const mark of all("mark")) mark.classList.toggle("on", mark.dataset.marker.split(" ").some((m) => markers.includes(m)));
    const passage = all(".passage").find((p) => ones(p).includes(markers[0]));
    if (!passage) return;
    passage.classList.add("on");
    const mark = passage.querySelector("mark.on");
    const text = passage.querySelector(".passage-text");
    if (mark) text.scrollTop += mark.getBoundingClientRect().top - text.getBoundingClientRect().top - 24;
    const panel = passage.closest(".evidence");
    if (panel.scrollHeight > panel.clientHeight) panel.scrollTop = passage.offsetTop - 36;
    if (move) { passage.scrollIntoView({ block: "nearest" }); passage.focus({ preventScroll: true }); }
  }
  counsel.openCitation = (marker) => show([String(marker)], true);

  const citeOf = (event) => event.target.closest?.("#result .cite, #result .say");
  document.addEventListener("mouseover", (event) => { const cite = citeOf(event); if (cite) show(ones(cite), false); });
  document.addEventListener("focusin", (event) => { const cite = citeOf(event); if (cite) show(ones(cite), false); });

  const ACTIONS = {
    "new-call": () => counsel.newCall(),
    today: () => counsel.setDay(null),
    help: () => document.getElementById("help").showModal(),
    dark: () => counsel.setDark(!document.body.classList.contains("dark")),
    drop: (value) => counsel.drop(Number(value)),
    ask: (value) => counsel.ask(value),
    choose: (value) => counsel.ask(`${result().dataset.question} ${value.split(" · ")[0]}`),
    "ask-standalone": () => counsel.ask(document.getElementById("standalone").value, true),
    "forget-shift": () => counsel.forgetShift(),
    again: (value) => again(counsel.found[Number(value)]),
    draft: (value) => counsel.openDraft(value),
    copy: (value, button) => counsel.copyDraft(value, button),
    "copy-answer": (value, button) => counsel.copyText(spoken(), button),
    rate: (value, button) => counsel.rate(value, button),
    "send-rating": (value, button) => counsel.sendRating(button),
  };
  document.addEventListener("click", (event) => {
    const cite = event.target.closest?.("#result .cite");
    if (cite) return show(ones(cite), true);
    const button = event.target.closest?.("[data-action]");
    if (button) ACTIONS[button.dataset.action](button.dataset.value, button);
  });
  function again(entry) {
    document.querySelector('#tabs button[role="tab"]')?.click();
    counsel.setDay(entry.asOf);
    window.setTimeout(() => counsel.ask(entry.question, true), 150);
  }
  function spoken() {
    return [...document.querySelectorAll("#result .aloud .say")].map((say) => say.textContent).join("\n");
  }
})();
