/* What Gradio's own parts lack: an upload button and messages that a screen reader can name and read out. */
(() => {
  "use strict";
  const BUSY = "This application is currently busy";
  /* Gradio says in English that its queue is full; the tab 상담 says so itself, where the answer would stand. */
  function busy(text) {
    const toast = text.closest(".toast-body");
    const counsels = document.querySelector('#result [data-key^="refused"], #result[aria-busy]');
    if (counsels && toast.querySelectorAll('[data-testid="toast-text"]').length === 1) toast.querySelector(".toast-close")?.click();
    text.textContent = "지금 쓰는 사람이 많아 처리하지 못했습니다. 잠시 뒤 다시 눌러 주세요.";
  }
  const mend = () => {
    for (const text of document.querySelectorAll('[data-testid="toast-text"]')) if (text.textContent.includes(BUSY)) busy(text);
    for (const header of document.querySelectorAll(".toast-header[role]")) {
      header.removeAttribute("role");
      header.removeAttribute("tabindex");
      header.closest(".toast-body.error")?.setAttribute("role", "alert");
      header.querySelector(".toast-close")?.setAttribute("aria-label", "닫기");
    }
    for (const button of document.querySelectorAll(".behind-gate .upload-container[aria-label]")) button.removeAttribute("aria-label");
  };
  const watch = () => new MutationObserver(mend).observe(document.body, { childList: true, subtree: true });
  if (document.body) watch(); else document.addEventListener("DOMContentLoaded", watch);
})();
