/* For a page that shows figures of The Shared Border in frames: each frame takes the height of its figure. */
"use strict";

addEventListener("message", ({ data, source }) => {
  const height = Number(data?.sharedborder);
  if (!(height > 0)) return;
  for (const frame of document.querySelectorAll("iframe")) {
    if (frame.contentWindow === source) frame.height = height;
  }
});
