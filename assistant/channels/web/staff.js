/* What Gradio's own parts lack: an upload button and messages that a screen reader can name and read out. */
(() => {
  "use strict";
  const mend = () => {
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
