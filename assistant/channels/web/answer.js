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
      if (now.dataset.restored) return;
      if (now.dataset.turn !== String(counsel.turn)) return empty(now);
      now.hidden = false;
      root().removeAttribute("aria-busy");
      counsel.waited();
      arrived(now);
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
    if (!kept) return;
    kept.dataset.restored = "1";
    counsel.askProse(kept);
  }
  /* The element stays, as Gradio changes it into the next answer; what a caller said and heard goes. */
  const NAMELESS = ["answerId", "key", "turn"];
  function empty(old) {
    old.hidden = true;
    old.replaceChildren();
    for (const name of Object.keys(old.dataset)) if (!NAMELESS.includes(name)) delete old.dataset[name];
  }
  counsel.clearResult = () => {
    const old = result();
    if (old) empty(old);
    root()?.removeAttribute("aria-busy");
    counsel.waited();
    counsel.saveResult("");
  };
  /* Gradio's queue was full, or did not take the question for another reason. */
  const REFUSED = "지금 묻는 사람이 많아 질문을 받지 못했습니다. 질문은 그대로 두었으니 잠시 뒤 다시 물어 주세요.";
  counsel.refused = () => {
    if (!root().getAttribute("aria-busy")) return;
    place(root()).innerHTML = `<div class="result error" role="alert" data-key="refused-${counsel.turn}" data-turn="${counsel.turn}"
      ><strong>답하지 못했습니다.</strong> ${REFUSED} <button type="button" data-action="ask-again">다시 묻기</button></div>`;
  };
  counsel.keepResult = () => counsel.saveResult(place(root()).innerHTML);
  function arrived(now) {
    counsel.paintedAt = performance.now();
    const input = document.querySelector("#question input, #question textarea");
    if (document.activeElement === input && input.value === counsel.inFlight) input.select();
    window.scrollTo(0, 0);
    if (!now.dataset.answerId) return;
    const { question, alone, status, label, summary, asOf, answerId } = now.dataset;
    counsel.call.last = question;
    if (status !== "unanswerable_out_of_scope") counsel.carry(now.dataset);
    counsel.keepResult();
    const time = new Intl.DateTimeFormat("ko-KR", { hour: "2-digit", minute: "2-digit", hour12: false }).format(new Date());
    counsel.remember({ time, question, alone, status, label, summary, asOf: asOf === counsel.today() ? null : asOf, answerId });
    counsel.askProse(now);
    counsel.showWho();
    const first = now.querySelector(".aloud .cite, .confirm .cite, .cite");
    if (first) show(ones(first), false);
  }

  const ones = (node) => node.dataset.markers.split(" ");
  const all = (selector) => [...document.querySelectorAll(`#result ${selector}`)];
  /* Words in the passages are lit by every marker, sentences by the marker that they stand on: `leading`. */
  function light(markers, leading = [markers[0]]) {
    for (const one of all(".cite, .say")) one.classList.toggle("on", leading.includes(ones(one)[0]));
    for (const mark of all("mark")) mark.classList.toggle("on", mark.dataset.marker.split(" ").some((m) => markers.includes(m)));
  }
  function show(markers, move) {
    light(markers);
    const passage = all(".passage").find((p) => ones(p).includes(markers[0]));
    for (const one of all(".passage")) one.classList.toggle("on", one === passage);
    if (!passage) return;
    const mark = passage.querySelector("mark.on");
    const text = passage.querySelector(".passage-text");
    if (mark && text) text.scrollTop += mark.getBoundingClientRect().top - text.getBoundingClientRect().top - 24;
    inSight(passage, passage.closest(".evidence"));
    if (move) { passage.scrollIntoView({ block: "nearest" }); passage.focus({ preventScroll: true }); }
  }
  /* The panel moves only where the passage is not wholly seen, and then shows its document's title too, where that fits. */
  function inSight(passage, panel) {
    if (panel.scrollHeight <= panel.clientHeight) return;
    const seen = panel.getBoundingClientRect();
    const place = passage.getBoundingClientRect();
    if (place.top >= seen.top && place.bottom <= seen.bottom) return;
    const head = passage.closest(".source").getBoundingClientRect();
    const from = place.bottom - head.top < seen.height ? head.top : place.top;
    panel.scrollTop += from - seen.top - 8;
  }
  /* From the passage to the sentences that stand on its quotes; nothing moves under the mouse. */
  const lightBack = (markers) => light(markers, markers);
  counsel.openCitation = (marker) => show([String(marker)], true);
  counsel.hasCitation = (marker) => all(".passage").some((p) => ones(p).includes(String(marker)));

  const citeOf = (event) => event.target.closest?.("#result .cite, #result .say");
  document.addEventListener("mouseover", (event) => {
    const cite = citeOf(event);
    const mark = event.target.closest?.("#result mark");
    if (cite) show(ones(cite), false);
    else if (mark) lightBack(mark.dataset.marker.split(" "));
  });
  document.addEventListener("focusin", (event) => {
    const cite = citeOf(event);
    const text = event.target.closest?.("#result .passage-text:focus-visible");
    if (cite) show(ones(cite), false);
    else if (text) lightBack(ones(text.closest(".passage")));
  });

  const ACTIONS = {
    "new-call": () => counsel.newCall(),
    today: () => counsel.setDay(null),
    help: () => counsel.showHelp(),
    dark: () => counsel.setDark(!document.body.classList.contains("dark")),
    drop: (value) => counsel.drop(value),
    unfilter: () => { counsel.setFilters({}); counsel.focusQuestion(); },
    "ask-unfiltered": () => { counsel.setFilters({}); counsel.ask(result().dataset.alone, true); },
    ask: (value) => counsel.ask(value),
    "ask-again": () => counsel.ask(counsel.inFlight, counsel.inFlightAlone),
    choose: (value) => counsel.ask(`${result().dataset.alone} ${value.split(" · ")[0]}`, true),
    "ask-standalone": () => counsel.ask(document.getElementById("standalone").value, true),
    "forget-shift": () => counsel.forgetShift(),
    again: (value) => again(counsel.found[Number(value)]),
    draft: (value) => counsel.openDraft(value),
    copy: (value, button) => counsel.copyDraft(value, button),
    "copy-answer": (value, button) => counsel.copyText(spoken(".aloud"), button),
    "copy-prose": (value, button) => counsel.copyText(spoken(".prose-slot"), button),
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
    counsel.leaveCall();
    counsel.openTab();
    counsel.setDay(entry.asOf);
    window.setTimeout(() => counsel.ask(entry.alone || entry.question, true), 150);
  }
  function spoken(part) {
    return all(`${part} .say`).map((say) => say.textContent).join("\n");
  }
})();
