/* Signing in and out. The page is opened anew afterwards, at the tab it was at. */
(() => {
  "use strict";
  const counsel = window.counsel;
  const TAB = "counsel-tab";
  const SIGNED_IN = "counsel-signed-in";
  const post = (path, body) => fetch(path, {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
  });
  function again() {
    const open = document.querySelector('#tabs > .tab-wrapper [role="tab"][aria-selected="true"][data-tab-id]');
    sessionStorage.setItem(TAB, open?.dataset.tabId ?? "");
    window.location.reload();
  }
  counsel.signIn = async (form) => {
    const button = form.querySelector("button");
    const told = form.querySelector(".sign-in-error");
    button.disabled = true;
    told.hidden = true;
    try {
      const answer = await post("sign-in", Object.fromEntries(new FormData(form)));
      if (answer.ok) return again();
      told.textContent = (await answer.json()).error ?? "이름과 비밀번호를 다시 적어 주세요.";
    } catch { told.textContent = "서버와 연결되지 않았습니다. 잠시 뒤 다시 눌러 주세요."; }
    button.disabled = false;
    told.hidden = false;
    form.elements.password.select();
  };
  /* Whose name questions carry, after each answer again: a session ends by itself, and then they carry none. */
  counsel.showWho = async () => {
    const place = document.getElementById("who");
    if (!place) return;
    try {
      const { name } = await (await fetch("api/who", { cache: "no-store" })).json();
      if (name) sessionStorage.setItem(SIGNED_IN, "1");
      const over = !name && sessionStorage.getItem(SIGNED_IN) ? "<b>로그인이 끝났습니다</b> · " : "";
      const shown = name ? `<b>${counsel.escape(name)}</b> 님 · <button type="button" data-sign-out>로그아웃</button>`
        : `${over}<button type="button" data-sign-in-open>로그인</button>`;
      place.classList.toggle("over", Boolean(over));
      if (place.dataset.shown !== shown) place.innerHTML = place.dataset.shown = shown;
    } catch { counsel.check(); }
  };
  counsel.signOut = async () => {
    await post("sign-out", {}).catch(() => {});
    sessionStorage.removeItem(SIGNED_IN);
    counsel.forgetAll();
    again();
  };
  document.addEventListener("submit", (event) => {
    if (!event.target.matches?.("[data-sign-in]")) return;
    event.preventDefault();
    counsel.signIn(event.target);
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-sign-out]")) counsel.signOut();
    if (event.target.closest?.("[data-sign-in-open]")) document.getElementById("sign-in").showModal();
    event.target.closest?.("[data-sign-in-close]")?.closest("dialog").close();
  });
  /* Back to the tab where somebody signed in; Gradio lays tabs out some time after the page has loaded. */
  function back(tries) {
    const id = sessionStorage.getItem(TAB);
    if (!id) return;
    const tab = document.querySelector(`#tabs > .tab-wrapper [role="tab"][data-tab-id="${CSS.escape(id)}"]`);
    if (tab) { sessionStorage.removeItem(TAB); tab.click(); } else if (tries) window.setTimeout(back, 100, tries - 1);
  }
  back(100);
})();
