/* A number shows where it comes from: on hover, on focus, and at the first tap. Its link leads to the same words at
   the foot of the page, with or without this script. */
"use strict";

(() => {
  if (!HTMLElement.prototype.showPopover) return;
  const [OPEN_AFTER, CLOSE_AFTER, GAP] = [120, 250, 8];
  const { label, rows } = document.currentScript.dataset;
  const note = makeNote();
  let [link, timer, dismissed] = [null, 0, null];

  function makeNote() {
    const made = Object.assign(document.createElement("div"), { id: "fact-note", className: "fact-note", popover: "manual" });
    made.setAttribute("role", "group");
    made.setAttribute("aria-label", label);
    return made;
  }

  function entryOf(from) {
    return document.getElementById(from.hash.slice(1));
  }

  /* The note stands beside its number in the document too: the next Tab leads into it. */
  function open(from) {
    clearTimeout(timer);
    if (link === from) return;
    close();
    const entry = entryOf(from);
    if (!entry) return;
    link = from;
    const more = Object.assign(document.createElement("a"), { className: "more", href: link.hash, textContent: rows });
    const last = document.createElement("p");
    last.append(more);
    note.replaceChildren(...[...entry.cloneNode(true).childNodes], ...(entry.querySelector(".rows") ? [] : [last]));
    link.parentElement.after(note);
    link.setAttribute("aria-describedby", note.id);
    note.showPopover();
    place();
  }

  function close() {
    clearTimeout(timer);
    if (!link) return;
    link.removeAttribute("aria-describedby");
    note.hidePopover();
    note.remove();
    link = null;
  }

  function place() {
    const number = link.getClientRects()[0];
    const width = document.documentElement.clientWidth;
    const left = Math.max(GAP, Math.min(number.left, width - note.offsetWidth - GAP));
    const below = number.bottom + GAP + note.offsetHeight <= innerHeight;
    const top = below || number.top < note.offsetHeight + GAP ? number.bottom + GAP : number.top - note.offsetHeight - GAP;
    note.style.left = `${left + scrollX}px`;
    note.style.top = `${top + scrollY}px`;
  }

  function soon(action, wait) {
    clearTimeout(timer);
    timer = setTimeout(action, wait);
  }

  function factAt(target) {
    return target.closest?.(".fact > a");
  }

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse") return;
    const from = factAt(event.target);
    if (from) soon(() => open(from), OPEN_AFTER);
    else if (note.contains(event.target)) clearTimeout(timer);
    else if (link) soon(close, CLOSE_AFTER);
  });

  document.addEventListener("focusin", (event) => {
    const from = factAt(event.target);
    if (from && from === dismissed) dismissed = null;
    else if (from && from.matches(":focus-visible")) open(from);
    else if (!from && !note.contains(event.target)) close();
  });

  /* A finger cannot hover: its first tap opens the note, the second one follows the link. */
  document.addEventListener("click", (event) => {
    const from = factAt(event.target);
    if (from && event.pointerType === "touch" && link !== from) {
      event.preventDefault();
      open(from);
    } else if (from || event.target.closest?.(".fact-note a")) close();
  });

  document.addEventListener("pointerdown", (event) => {
    if (link && !note.contains(event.target) && !link.contains(event.target)) close();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !link) return;
    const from = link;
    const inside = note.contains(document.activeElement);
    close();
    if (!inside) return;
    dismissed = from;
    from.focus({ preventScroll: true });
  });

  addEventListener("resize", close);
})();
