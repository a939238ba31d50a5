/* A figure as a PNG at twice its size: headline, subtitle, the picture, its source. Drawn here, from the SVG. */

const [WIDTH, EDGE, SCALE] = [680, 24, 2];
const COLOURS = { paper: "#fbf9f4", ink: "#1c1a17", quiet: "#5f584e", main: "#33506b", context: "#8f877b" };
const FAMILY = '"Shared Border Sans", Arial, sans-serif';
const FONT = new URL("../fonts/shared-border-sans.woff2", import.meta.url);

/* Lines of a text that fit the picture's width, in the context's font. */
function wrapped(context, text) {
  const lines = [""];
  for (const word of text.trim().split(/\s+/)) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (context.measureText(longer).width > WIDTH) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

async function asData(blob) {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.readAsDataURL(blob);
  });
}

/* The line that the reader chose, told apart by the page's style sheet. */
function showChosen(svg, copy) {
  const copies = copy.querySelectorAll("[class^=part]");
  svg.querySelectorAll("[class^=part]").forEach((part, place) => {
    const { strokeWidth, fillOpacity } = getComputedStyle(part);
    if (part.tagName === "text") copies[place].setAttribute("fill-opacity", fillOpacity);
    else copies[place].setAttribute("stroke", parseFloat(strokeWidth) > 1 ? COLOURS.main : COLOURS.context);
    if (part.tagName !== "text") copies[place].setAttribute("stroke-width", strokeWidth);
  });
}

/* An SVG read as a picture knows no font of the page: it brings its own. */
async function picture(svg) {
  const copy = svg.cloneNode(true);
  copy.querySelector(".guide")?.remove();
  if (svg.closest("figure").querySelector(".choice")) showChosen(svg, copy);
  const font = await asData(await (await fetch(FONT)).blob());
  const style = document.createElementNS(svg.namespaceURI, "style");
  style.textContent = `@font-face { font-family: "Figure"; src: url("${font}"); font-weight: 400 700; } text { font-family: "Figure"; }`;
  copy.prepend(style);
  const size = svg.viewBox.baseVal;
  copy.setAttribute("width", WIDTH * SCALE);
  copy.setAttribute("height", ((WIDTH * size.height) / size.width) * SCALE);
  const image = new Image();
  image.src = await asData(new Blob([new XMLSerializer().serializeToString(copy)], { type: "image/svg+xml" }));
  await image.decode();
  return image;
}

export async function draw(figure) {
  const context = document.createElement("canvas").getContext("2d");
  const image = await picture(figure.querySelector(".picture.column svg"));
  const height = image.height / SCALE;
  const texts = [
    [".headline", `700 20px ${FAMILY}`, COLOURS.ink, 26],
    [".subtitle", `400 16px ${FAMILY}`, COLOURS.quiet, 22],
    [".source", `400 14px ${FAMILY}`, COLOURS.quiet, 20],
  ].map(([name, font, colour, line]) => {
    context.font = font;
    return { font, colour, line, lines: wrapped(context, figure.querySelector(name).textContent) };
  });
  const written = texts.reduce((sum, text) => sum + text.line * text.lines.length, 0);
  Object.assign(context.canvas, { width: (WIDTH + 2 * EDGE) * SCALE, height: (height + written + 2 * EDGE + 24) * SCALE });
  context.scale(SCALE, SCALE);
  context.fillStyle = COLOURS.paper;
  context.fillRect(0, 0, WIDTH + 2 * EDGE, height + written + 2 * EDGE + 24);
  let top = EDGE;
  texts.forEach((text, index) => {
    if (index === 2) {
      context.drawImage(image, EDGE, top + 12, WIDTH, height);
      top += height + 24;
    }
    Object.assign(context, { font: text.font, fillStyle: text.colour, textBaseline: "top" });
    text.lines.forEach((line) => {
      context.fillText(line, EDGE, top);
      top += text.line;
    });
  });
  return new Promise((resolve) => context.canvas.toBlob(resolve, "image/png"));
}
