/* Drafts and feedback: live sizes in EUC-KR bytes, copying, rating in two clicks. */
(() => {
  "use strict";
  const counsel = window.counsel;
  const panels = () => [...document.querySelectorAll("#result .draft")];
  const bytes = (text) => [...text].reduce((sum, c) => sum + (c.codePointAt(0) < 128 ? 1 : 2), 0);

  /* KS X 1001: what EUC-KR spells in two bytes. Gateways send "?" for the rest. */
  let sendable = null;
  function everySendable() {
    const read = new TextDecoder("euc-kr");
    const places = Array.from({ length: 0xfe - 0xa1 + 1 }, (_, i) => 0xa1 + i);
    const found = places.flatMap((lead) => [...read.decode(Uint8Array.from(places.flatMap((trail) => [lead, trail])))]);
    return new Set(found.filter((c) => c !== "\ufffd"));
  }
  counsel.unsendable = (text) => {
    sendable ??= everySendable();
    return [...new Set(text)].filter((c) => c.codePointAt(0) > 127 && !sendable.has(c));
  };
  const LOST = "보낼 수 없는 글자: ";
  function tellLost(area) {
    const note = area.closest(".draft").querySelector(".draft-foot .quiet");
    note.setAttribute("role", "status");
    note.dataset.subject ??= note.textContent.split(LOST)[0].replace(/ · $/, "");
    const lost = counsel.unsendable(area.value).join(" ");
    note.textContent = [note.dataset.subject, lost && LOST + lost].filter(Boolean).join(" · ");
  }
  function measure(area) {
    const { unit, limit } = area.dataset;
    const size = area.closest(".draft").querySelector(".size");
    if (unit === "none") { size.textContent = `${[...area.value].length}자`; return; }
    const used = unit === "bytes" ? bytes(area.value) : [...area.value].length;
    size.textContent = `${used.toLocaleString()} / ${Number(limit).toLocaleString()}${unit === "bytes" ? "바이트" : "자"}`;
    size.classList.toggle("too-long", used > Number(limit));
    if (unit === "bytes") tellLost(area);
  }
  counsel.openDraft = (key) => {
    for (const tab of document.querySelectorAll('#result .drafts [role="tab"]')) {
      const open = tab.dataset.value === key && tab.getAttribute("aria-selected") !== "true";
      tab.setAttribute("aria-selected", String(open));
      tab.tabIndex = tab.dataset.value === key ? 0 : -1;
      const panel = document.getElementById(tab.getAttribute("aria-controls"));
      panel.hidden = !open;
      if (open) { measure(panel.querySelector("textarea")); panel.scrollIntoView({ block: "nearest" }); }
    }
  };
  document.addEventListener("input", (event) => { if (event.target.matches?.("#result .draft textarea")) measure(event.target); });
  document.addEventListener("keydown", (event) => {
    const tab = event.target.closest?.('#result .drafts [role="tab"]');
    if (!tab || !["ArrowLeft", "ArrowRight"].includes(event.key)) return;
    const tabs = [...tab.parentElement.children];
    const next = tabs[(tabs.indexOf(tab) + (event.key === "ArrowRight" ? 1 : -1) + tabs.length) % tabs.length];
    next.focus();
    counsel.openDraft(next.dataset.value);
  });

  counsel.copyText = async (text, button) => {
    const told = button.textContent;
    try { await navigator.clipboard.writeText(text); } catch { copyOldWay(text); }
    button.textContent = "복사했습니다";
    window.setTimeout(() => { button.textContent = told; }, 1500);
  };
  /* The clipboard API needs https or localhost; a call centre's page may stand on plain http. */
  function copyOldWay(text) {
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  counsel.copyDraft = (key, button) => counsel.copyText(panels().find((p) => p.id === `draft-${key}`).querySelector("textarea").value, button);

  /* The first verdict says that all is well and goes at once; the others wait for a word, which may stay empty. */
  counsel.rate = (verdict, button) => {
    const group = button.closest(".feedback");
    const buttons = [...group.querySelectorAll('[data-action="rate"]')];
    buttons.forEach((other) => other.setAttribute("aria-pressed", String(other === button)));
    const note = group.querySelector(".note");
    note.hidden = button === buttons[0];
    if (note.hidden) counsel.sendRating(button);
    else note.querySelector("input").focus();
  };
  counsel.sendRating = async (button) => {
    const group = button.closest(".feedback");
    const verdict = group.querySelector('[aria-pressed="true"]').dataset.value;
    const note = group.querySelector(".note input").value;
    const told = group.querySelector(".rated");
    try {
      const id = group.closest(".result").dataset.answerId;
      const answer = await fetch(`api/answers/${encodeURIComponent(id)}/rating`, {
        method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ verdict, note }) });
      told.textContent = answer.ok ? "고맙습니다. 남겼습니다." : (await answer.json()).error || "남기지 못했습니다.";
      group.querySelector(".note").hidden = true;
    } catch { told.textContent = "서버에 닿지 않아 남기지 못했습니다."; counsel.check(); }
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing && event.target.matches?.("#result .note input")) counsel.sendRating(event.target);
  });
})();
