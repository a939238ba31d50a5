/* The fonts; light, dark, or as the system has it; and where in the page its reader is. The choice of
   a look stays in the browser, if one is made; nothing else is kept. Loaded before the page is drawn, to draw it once. */
"use strict";

(() => {
  const root = document.documentElement;
  const own = document.currentScript.src;

  /* In a wide window the fonts are asked for at once. On a phone they would come late: the first page wears the phone's
     own, and ours are fetched once it is drawn, for the pages that follow. From a folder a font cannot be asked for in advance. */
  function dress() {
    if (location.protocol === "file:") return;
    const follows = document.referrer.startsWith(`${location.origin}/`);
    if (follows || matchMedia("(min-width: 48em)").matches) fonts().forEach(askFor);
    else {
      root.classList.add("plain");
      addEventListener("load", () => setTimeout(() => fonts().forEach((href) => fetch(href).catch(() => {})), 1000));
    }
  }

  const fonts = () => ["serif", "sans"].map((name) => new URL(`../fonts/shared-border-${name}.woff2`, own));

  function askFor(href) {
    document.head.append(Object.assign(document.createElement("link"), { rel: "preload", as: "font", type: "font/woff2", crossOrigin: "", href }));
  }

  function kept() {
    try {
      return localStorage.getItem("look") ?? "";
    } catch {
      return "";
    }
  }

  function wear(look) {
    if (look) root.dataset.theme = look;
    else delete root.dataset.theme;
  }

  function choose(look) {
    wear(look);
    try {
      if (look) localStorage.setItem("look", look);
      else localStorage.removeItem("look");
    } catch {
      // a browser that keeps nothing shows the choice on this page only
    }
  }

  function offerLooks() {
    const looks = document.querySelector("fieldset.look");
    if (!looks) return;
    looks.hidden = false;
    looks.querySelectorAll("input").forEach((input) => {
      input.checked = input.value === kept();
      input.addEventListener("change", () => choose(input.value));
    });
  }

  /* There is room for the contents in the margin of a wide window only. */
  function unfoldContents() {
    const contents = document.querySelector(".contents details");
    const wide = matchMedia("(min-width: 74em)");
    const unfold = () => contents?.toggleAttribute("open", wide.matches);
    wide.addEventListener("change", unfold);
    unfold();
  }

  /* The section at the top of the window is marked in the contents. */
  function followContents() {
    const links = new Map([...document.querySelectorAll(".contents a")].map((link) => [link.hash.slice(1), link]));
    const sections = [...links.keys()].map((id) => document.getElementById(id)).filter(Boolean);
    const observer = new IntersectionObserver(() => {
      const reached = sections.filter((section) => section.getBoundingClientRect().top < innerHeight / 3).at(-1);
      links.forEach((link, id) => link.toggleAttribute("aria-current", id === reached?.id));
    }, { rootMargin: "0px 0px -66% 0px", threshold: [0, 1] });
    sections.forEach((section) => observer.observe(section));
  }

  dress();
  wear(kept());
  document.addEventListener("DOMContentLoaded", () => {
    offerLooks();
    unfoldContents();
    followContents();
  });
})();
