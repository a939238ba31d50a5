/* A figure in another site's frame: it tells the frame its height, and its reader when it may be out of date. */
"use strict";

(() => {
  const YEAR = 366 * 24 * 3600 * 1000;

  function tellHeight() {
    parent.postMessage({ sharedborder: Math.ceil(document.documentElement.getBoundingClientRect().height) }, "*");
  }

  function isPast(time, allowed) {
    return time && Date.now() - Date.parse(time.dateTime) > allowed;
  }

  const old = document.querySelector(".out-of-date");
  const expected = document.querySelector(".released time.expected");
  old.hidden = !(isPast(expected, 0) || isPast(document.querySelector(".released time"), YEAR));
  new ResizeObserver(tellHeight).observe(document.documentElement);
})();
