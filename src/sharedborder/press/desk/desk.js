// The author's desk: follows the press while it works. Pages carry it only as they are served, never as files.
"use strict";
{
  const own = document.currentScript.dataset.stamp;
  const address = `/.desk/events?page=${encodeURIComponent(location.pathname)}`;
  let source = null;
  let mark = null;

  const show = (kind, text) => {
    mark?.remove();
    mark = null;
    if (!text) return;
    mark = document.createElement(kind === "problem" ? "pre" : "p");
    mark.className = `desk desk-${kind}`;
    mark.setAttribute("role", kind === "problem" ? "alert" : "status");
    mark.textContent = text;
    document.body.append(mark);
  };

  const follow = ({ data }) => {
    const told = JSON.parse(data);
    if (told.building) show("building", "Building …");
    else if (told.stamp !== own) location.reload();
    else show("problem", told.problem);
  };

  const listen = () => {
    source?.close();
    source = new EventSource(address);
    source.onmessage = follow;
    source.onerror = () => source.readyState === EventSource.CLOSED && setTimeout(listen, 1000);
  };

  // A browser opens few connections to one host: pages that nobody sees give theirs back.
  document.addEventListener("visibilitychange", () => (document.hidden ? source.close() : listen()));
  listen();
}
