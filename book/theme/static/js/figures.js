/* Figures: the row of the table at which a reader points (mouse, finger or arrow keys), addresses to copy, PNG.
   Where the rows lie in a picture was computed when it was drawn; nothing is loaded to answer. */
"use strict";

(() => {
  const { walk } = document.currentScript.dataset;
  const [MARGIN, RING, REACH, FIRST_ROWS] = [12, 14, 40, 16];

  /* The rows that a picture shows, each with its place in px of the picture's own size. */
  function rowsOf(picture) {
    const table = picture.closest("figure").querySelector("table");
    const heads = [...table.tHead.rows[0].cells].map((cell) => cell.textContent);
    const places = picture.dataset.at.split(" ");
    return [...table.tBodies[0].rows]
      .map((row, index) => ({ index, at: places[index], cells: [...row.cells].map((cell) => cell.textContent) }))
      .filter((row) => row.at !== "-")
      .map((row) => ({ ...row, at: row.at.split(",").map(Number), events: eventsOf(picture, row.index) }))
      .map((row) => ({ ...row, lines: lines(row.cells, heads) }));
  }

  /* What happened in the month of a row, by the list under a timeline. */
  function eventsOf(picture, index) {
    const listed = [...picture.closest("figure").querySelectorAll(".marks li")];
    return listed
      .map((item, place) => ({ item, number: place + 1, said: (item.querySelector("summary") ?? item).textContent.trim() }))
      .filter(({ item }) => item.dataset.row === String(index))
      .map(({ item, number, said }) => ({ said, shown: `${number}. ${said.replace(item.querySelector("time").textContent, "").trim()}` }));
  }

  function lines(cells, heads) {
    return cells.slice(1).map((text, index) => [heads[index + 1], text, index]).filter(([, text]) => text && text !== "–");
  }

  function spoken({ cells, events }, lines) {
    const numbers = lines.map(([head, text]) => `${head} ${text}`).join(", ");
    return [`${cells[0]}: ${numbers}`, ...events.map((event) => event.said)].join("; ");
  }

  /* Of a chart whose numbers lie along an axis, in one plot or in panels of the same periods. */
  class Reader {
    constructor(picture) {
      this.picture = picture;
      this.svg = picture.querySelector("svg");
      this.across = picture.dataset.axis !== "y";
      this.panels = (picture.dataset.panels ?? "0").split(" ").map(Number);
      this.panel = 0;
      this.lines = [...this.svg.querySelectorAll("path[class]")];
      this.choice = picture.closest("figure").querySelector(".choice select");
      this.slider = this.makeSlider();
      picture.classList.add("readable");
      picture.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && this.point(event));
      picture.addEventListener("pointermove", (event) => this.point(event));
      picture.addEventListener("pointerdown", (event) => this.point(event));
      picture.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && this.hide());
      this.slider.addEventListener("focus", () => this.show(Number(this.slider.value)));
      this.slider.addEventListener("input", () => this.show(Number(this.slider.value)));
      this.slider.addEventListener("blur", () => this.hide());
      this.slider.addEventListener("keydown", (event) => this.press(event));
      this.choice?.addEventListener("change", () => this.hide());
      document.addEventListener("pointerdown", (event) => this.picture.contains(event.target) || this.hide());
      picture.closest("figure").querySelectorAll(".marks li[data-row] details").forEach((told) => {
        told.addEventListener("toggle", () => told.open && this.showRow(Number(told.parentElement.dataset.row)));
      });
    }

    get rows() {
      return (this.known ??= rowsOf(this.picture));
    }

    /* The colour of each name in the chart's key. */
    get key() {
      return (this.names ??= JSON.parse(this.picture.dataset.key ?? "{}"));
    }

    /* A slider is what arrow keys and screen readers know; it is seen only while it has the focus. */
    makeSlider() {
      const count = this.picture.dataset.at.split(" ").filter((place) => place !== "-").length;
      const slider = Object.assign(document.createElement("input"), { type: "range", className: "walk" });
      Object.assign(slider, { min: 0, max: count - 1, step: 1, value: this.across ? count - 1 : 0 });
      const figure = this.picture.closest("figure");
      slider.setAttribute("aria-label", `${walk}: ${figure.querySelector(".headline").textContent}`);
      slider.setAttribute("aria-valuetext", "");
      this.picture.append(slider);
      return slider;
    }

    point(event) {
      const box = this.svg.getBoundingClientRect();
      const scale = this.svg.viewBox.baseVal.width / box.width;
      const [x, y] = [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale];
      this.panel = Math.max(0, ...this.panels.filter((panel) => panel <= x));
      const distances = this.rows.map((row) => this.distance(row.at, x - this.panel, y));
      this.lead(this.nearest(event));
      this.show(distances.indexOf(Math.min(...distances)));
    }

    /* Escape hides what is told; up and down go from line to line. */
    press(event) {
      const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (event.key === "Escape") this.hide();
      if (!step || this.lines.length < 2 || this.choice) return;
      event.preventDefault();
      const place = this.lines.indexOf(this.led) + step;
      this.lead(this.lines.at(place < 0 ? -1 : place % this.lines.length));
      this.show(Number(this.slider.value));
    }

    /* The line that is near the pointer, if one is. */
    nearest({ clientX, clientY }) {
      if (this.lines.length < 2) return undefined;
      const at = new DOMPoint(clientX, clientY).matrixTransform(this.lines[0].getScreenCTM().inverse());
      const apart = this.lines.map((line) => Math.abs(heightAt(line, at.x) - at.y));
      const least = Math.min(...apart);
      return least < REACH ? this.lines[apart.indexOf(least)] : undefined;
    }

    /* One line is told apart, or none. */
    lead(line) {
      this.led = line;
      this.svg.classList.toggle("led", Boolean(line));
      this.lines.forEach((one) => one.classList.toggle("lead", one === line));
    }

    /* The numbers of a row that are told: of many lines, those of the chosen one and of the one pointed at. */
    told(row) {
      const wanted = [this.choice?.value, this.led && partOf(this.led)];
      return this.choice ? row.lines.filter(([, , index]) => wanted.includes(String(index))) : row.lines;
    }

    distance([at], x, y) {
      return Math.abs(at - (this.across ? x : y));
    }

    show(index) {
      const row = this.rows[index];
      this.slider.value = index;
      const told = this.told(row);
      this.slider.setAttribute("aria-valuetext", spoken(row, told));
      this.tip ??= this.makeTip();
      this.guide ??= this.makeGuide();
      this.tip.replaceChildren(...contents(row, told, this.key, this.led && partOf(this.led)));
      this.tip.hidden = false;
      this.guide.removeAttribute("visibility");
      this.place(row.at);
    }

    /* The month of an event that a reader opens is marked in the picture. */
    showRow(index) {
      const shown = this.rows.findIndex((row) => row.index === index);
      if (shown < 0 || !this.svg.checkVisibility()) return;
      this.show(shown);
      this.tip.hidden = true;
    }

    hide() {
      if (!this.tip) return;
      this.tip.hidden = true;
      this.guide.setAttribute("visibility", "hidden");
      this.lead();
    }

    makeTip() {
      const tip = document.createElement("div");
      tip.className = "reading";
      tip.setAttribute("aria-hidden", "true");
      this.picture.append(tip);
      return tip;
    }

    makeGuide() {
      const places = this.rows.map((row) => row.at[0]);
      const steps = places.slice(1).map((place, index) => place - places[index]);
      const { width, height } = this.svg.viewBox.baseVal;
      this.step = Math.max(2, Math.min(40, ...steps));
      const guide = draw("g", { class: "guide" });
      const bar = this.across ? { width: this.step, height } : { width, height: this.step };
      guide.append(...this.panels.map((panel) => draw("rect", { ...bar, x: panel })));
      this.svg.append(guide);
      return guide;
    }

    place([at]) {
      const start = at - this.step / 2;
      this.guide.setAttribute("transform", this.across ? `translate(${start} 0)` : `translate(0 ${start})`);
      this.placeTip(at + this.panel, this.step / 2);
    }

    /* The tip stands beside what it tells of: `at` along the axis, `reach` to each side, in px of the picture's size. */
    placeTip(at, reach) {
      const scale = this.svg.getBoundingClientRect().width / this.svg.viewBox.baseVal.width;
      const room = this.picture.getBoundingClientRect();
      const tip = this.tip.getBoundingClientRect();
      const beside = (at + reach) * scale + MARGIN;
      const before = (at - reach) * scale - MARGIN;
      const length = this.across ? tip.width : tip.height;
      const fits = beside + length <= (this.across ? room.width : room.height);
      const start = Math.max(0, fits ? beside : before - length);
      this.tip.style.left = this.across ? `${Math.min(start, room.width - tip.width)}px` : `${room.width - tip.width}px`;
      this.tip.style.top = this.across ? "0" : `${start}px`;
    }
  }

  /* Of a map: the circle nearest to the pointer. */
  class MapReader extends Reader {
    distance([across, down], x, y) {
      return Math.hypot(across - x, down - y);
    }

    makeGuide() {
      this.step = 2 * RING;
      const guide = draw("circle", { class: "guide", r: RING });
      this.svg.append(guide);
      return guide;
    }

    place([across, down]) {
      this.guide.setAttribute("transform", `translate(${across} ${down})`);
      this.placeTip(across, RING);
      const scale = this.svg.getBoundingClientRect().width / this.svg.viewBox.baseVal.width;
      const lowest = this.picture.clientHeight - this.tip.offsetHeight;
      this.tip.style.top = `${Math.max(0, Math.min(lowest, down * scale - this.tip.offsetHeight / 2))}px`;
    }
  }

  function draw(name, looks) {
    const drawn = document.createElementNS(document.querySelector("figure.chart svg").namespaceURI, name);
    Object.entries(looks).forEach((look) => drawn.setAttribute(...look));
    return drawn;
  }

  /* The column of the table to which a line belongs. */
  function partOf(line) {
    return line.getAttribute("class").match(/part-(\d+)/)[1];
  }

  /* How far down a line runs, in its own px, at the corner of it that is nearest to a place across. */
  function heightAt(line, x) {
    let [across, down, apart, found] = [0, 0, REACH, Infinity];
    for (const [, start, right, below] of line.getAttribute("d").matchAll(/(M?)([-\d.]+),([-\d.]+)/g)) {
      [across, down] = start ? [Number(right), Number(below)] : [across + Number(right), down + Number(below)];
      if (Math.abs(across - x) < apart) [apart, found] = [Math.abs(across - x), down];
    }
    return found;
  }

  function contents(row, told, key, led) {
    const head = document.createElement("strong");
    head.textContent = row.cells[0];
    const list = document.createElement("dl");
    for (const [name, value, index] of told) {
      const [term, text] = [document.createElement("dt"), document.createElement("dd")];
      term.append(...(key[name] ? [swatch(key[name])] : []), name);
      text.textContent = value;
      if (String(index) === led) [term, text].forEach((part) => part.classList.add("lead"));
      list.append(term, text);
    }
    return row.events.length ? [head, list, happened(row.events)] : [head, list];
  }

  function happened(events) {
    const list = document.createElement("ul");
    list.append(...events.map(({ shown }) => Object.assign(document.createElement("li"), { textContent: shown })));
    return list;
  }

  /* Drawn like the chart, so that the style sheet finds the colour's dark twin. */
  function swatch(colour) {
    const drawn = draw("svg", { class: "swatch" });
    drawn.append(draw("rect", { width: 10, height: 10, fill: colour }));
    return drawn;
  }

  /* What is copied: a link's full address, else the text before the button. */
  function taken(button) {
    const before = button.previousElementSibling;
    return before.href ?? before.textContent;
  }

  async function copy(button) {
    const [text, said] = [taken(button), button.textContent];
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      getSelection().selectAllChildren(button.previousElementSibling);
      return;
    }
    button.textContent = button.dataset.done;
    setTimeout(() => (button.textContent = said), 2000);
  }

  function completeAddresses(figure) {
    const own = figure.querySelector("a.stable")?.href;
    const cited = figure.querySelector(".citation");
    if (cited && own) cited.append(` ${own}`);
    const code = figure.querySelector("[data-embed]");
    if (code && location.protocol !== "file:") {
      code.textContent = embedCode(new URL(code.dataset.embed, location), code.dataset.title, ownHeight(figure));
      code.parentElement.hidden = false;
    }
  }

  /* The height with everything closed, and room for the line that says whose figure it is. */
  function ownHeight(figure) {
    const opened = [...figure.querySelectorAll("details[open]")].reduce((sum, one) => sum + one.offsetHeight, 0);
    return figure.offsetHeight - opened + 90;
  }

  function embedCode(address, title, height) {
    const frame = document.createElement("iframe");
    const script = document.createElement("script");
    Object.entries({ src: address, title, width: "100%", height, loading: "lazy" }).forEach((one) => frame.setAttribute(...one));
    script.setAttribute("src", new URL("embed.js", scriptAddress));
    script.setAttribute("async", "");
    return frame.outerHTML + script.outerHTML;
  }

  async function savePicture(figure) {
    const { draw } = await import(new URL("png.js", scriptAddress));
    const blob = await draw(figure);
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: `${figure.id}.png` });
    link.click();
    URL.revokeObjectURL(link.href);
  }

  /* A long table opens with its first rows; the rest follows when these are drawn. */
  function openSwiftly(table) {
    const told = table.closest("details");
    if (!told || told.open || table.rows.length <= FIRST_ROWS) return;
    table.classList.add("begun");
    const complete = () => setTimeout(() => table.classList.remove("begun"));
    told.addEventListener("toggle", () => requestAnimationFrame(complete), { once: true });
  }

  function unfold(figure) {
    figure.querySelectorAll(".table-region table").forEach(openSwiftly);
    const share = figure.querySelector("details.share");
    share?.addEventListener("toggle", () => {
      if (share.open && !share.dataset.done) completeAddresses(figure);
      share.dataset.done = "yes";
    });
    share?.querySelectorAll("button.copy").forEach((button) => {
      button.hidden = false;
      button.addEventListener("click", () => copy(button));
    });
    const png = share?.querySelector("button.png");
    if (png && location.protocol !== "file:") {
      png.hidden = false;
      png.addEventListener("click", () => savePicture(figure));
    }
  }

  const scriptAddress = document.currentScript.src;
  document.querySelectorAll(".picture[data-at]").forEach((picture) => {
    new (picture.dataset.axis === "xy" ? MapReader : Reader)(picture);
  });
  document.querySelectorAll("figure.chart").forEach(unfold);
})();
