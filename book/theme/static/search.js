/* Sphinx's own search in this site's words. Loaded on the search page only, before searchtools.js. */
"use strict";

// Sphinx would keep the words in the browser's storage to mark them on other pages: nothing about a reader is kept here.
const SPHINX_HIGHLIGHT_ENABLED = false;

const LEFT_OUT = "nav, .kicker, h1, .headerlink, .provenance, figure.chart details, svg, script, style";

function pageText(html) {
  const main = new DOMParser().parseFromString(html, "text/html").querySelector("main");
  if (!main) return "";
  main.querySelectorAll(LEFT_OUT).forEach((element) => element.remove());
  main.querySelectorAll("p, li, dt, dd, h2, h3, td, th").forEach((element) => element.append(" "));
  return main.textContent.replace(/\s+/g, " ").trim();
}

function marked(text, words) {
  const summary = document.createElement("p");
  summary.className = "context";
  const pattern = [...words].map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&") + "\\p{L}*").join("|");
  text.split(new RegExp(`(${pattern})`, "giu")).forEach((part, index) => {
    const node = index % 2 ? document.createElement("mark") : document.createTextNode("");
    node.textContent = part;
    summary.append(node);
  });
  return summary;
}

function summary(html, words) {
  const text = pageText(html);
  const lower = text.toLowerCase();
  // words that stand in the headline only: the text's beginning
  const first = Math.min(...[...words].map((word) => lower.indexOf(word)).filter((place) => place >= 0), text.length);
  const from = first < 90 || first === text.length ? 0 : text.indexOf(" ", first - 90) + 1;
  const part = text.slice(from, from + 230).replace(/\s\S*$/, "");
  return marked(`${from ? "… " : ""}${part} …`, words);
}

/* A page that answers in several places is listed once, at its best; the best result stands last. */
function eachPageOnce(results) {
  const best = new Map(results.map((result) => [result[0], result]));
  return results.filter((result) => best.get(result[0]) === result);
}

document.addEventListener("DOMContentLoaded", () => {
  const perform = Search._performSearch;
  Search._performSearch = (...words) => eachPageOnce(perform(...words));
  const { results, found, none, preparing } = document.getElementById("search-results").dataset;
  Object.assign(Documentation.TRANSLATIONS, {
    "Searching": preparing,
    "Preparing search...": "",
    "Search Results": results,
    "Search finished, found ${resultCount} page(s) matching the search query.": `${found} \${resultCount}`,
    "Your search did not match any documents. Please make sure that all words are spelled correctly and that you've selected enough categories.": none,
  });
  Search.makeSearchSummary = summary;
  // Read from a folder, a page cannot fetch another one: results come without their passages.
  if (location.protocol === "file:") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;
});
