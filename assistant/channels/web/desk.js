/* Tabs of the staff: buttons and forms in their HTML send what they hold to the server; files are saved here. */
(() => {
  "use strict";
  const desk = (window.desk = {});
  let held = {};
  function fields(form) {
    const data = new FormData(form);
    return Object.fromEntries([...new Set(data.keys())].map((key) => {
      const values = data.getAll(key);
      return [key, values.length > 1 ? values : values[0]];
    }));
  }
  /* What a tab holds is laid out when it is opened for the first time: wait for it, five seconds at most. */
  function when(selector, act, tries = 100) {
    const node = document.querySelector(selector);
    if (node) act(node); else if (tries) window.setTimeout(() => when(selector, act, tries - 1), 50);
  }
  function send(node, values) {
    const { do: name, ...own } = node.dataset;
    when(`[id="${name}"]`, (button) => {
      held = { ...own, ...values };
      button.click();
    });
  }
  function open([tab, ...rest]) {
    if (tab) when(`[role="tab"][data-tab-id="${tab}"]`, (node) => { node.click(); open(rest); });
  }
  desk.sent = () => [held];
  desk.save = (file) => {
    if (!file?.text) return;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([file.text], { type: "text/csv;charset=utf-8" }));
    link.download = file.name;
    link.click();
    window.setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };
  document.addEventListener("submit", (event) => {
    if (!event.target.matches?.("form[data-do]")) return;
    event.preventDefault();
    send(event.target, fields(event.target));
  });
  /* A tab that is opened again shows what is there now; what is not laid out for a person is not asked for. */
  const AGAIN = { work: "work-again", review: "log-search", log: "log-search", curated: "curated-again", corrections: "corrections-again" };
  function again(tab) {
    const node = document.querySelector(`[data-do="${AGAIN[tab]}"]`);
    if (node instanceof HTMLFormElement) node.requestSubmit(); else node?.click();
  }
  document.addEventListener("click", (event) => {
    const tab = event.target.closest?.('[role="tab"]');
    if (tab && event.isTrusted) again(tab.dataset.tabId);
    const button = event.target.closest?.("button[data-do]");
    if (button) send(button, {});
    const go = event.target.closest?.("button[data-go]");
    if (go) document.getElementById(go.dataset.go)?.scrollIntoView({ block: "start" });
    open((button ?? go)?.dataset.tab?.split(" ") ?? []);
    const row = event.target.closest?.(".log button");
    if (row) for (const other of row.closest(".log").querySelectorAll("button")) other.setAttribute("aria-current", String(other === row));
  });
})();
