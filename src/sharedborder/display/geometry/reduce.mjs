// Reduces us-atlas and world-atlas to the outlines that the maps draw: see README.md beside this file.
import { readFileSync, writeFileSync } from "node:fs";
import { geoArea, geoCentroid, geoIdentity } from "d3-geo";
import { geoProject } from "d3-geo-projection";
import iso from "i18n-iso-countries";
import { feature, merge, mesh } from "topojson-client";
import { presimplify, simplify } from "topojson-simplify";

const atlas = (name) => JSON.parse(readFileSync(`node_modules/${name}.json`, "utf8"));
const simpler = (topology, weight) => simplify(presimplify(topology), weight);
const BORDER = [[-119.2, 24.6], [-95.6, 35.4]]; // west, south; east, north

function clipped(geometry, [southwest, northeast]) {
  return geoProject(geometry, geoIdentity().clipExtent([southwest, northeast]));
}

function round(digits) {
  return (line) => line.map(([x, y]) => [+x.toFixed(digits), +y.toFixed(digits)])
    .filter(([x, y], i, all) => !i || x !== all[i - 1][0] || y !== all[i - 1][1]);
}

// All rings of polygons, or all lines of lines, as arrays of [longitude, latitude].
function lines(geometry, digits) {
  if (!geometry) return [];
  const nested = geometry.type.startsWith("Multi") ? geometry.coordinates : [geometry.coordinates];
  const plain = geometry.type.endsWith("Polygon") ? nested.flat() : nested;
  return plain.map(unwrapped).map(round(digits)).filter((line) => line.length > 1);
}

// The atlas joins what lies on both sides of the 180th meridian: go on beyond it instead of around the world.
function unwrapped(line) {
  let turns = 0;
  const straight = line.map(([x, y], i) => {
    if (i) turns += Math.sign(Math.trunc((line[i - 1][0] - x) / 181));
    return [x + 360 * turns, y];
  });
  const across = straight.map(([x]) => x);
  const middle = (Math.min(...across) + Math.max(...across)) / 2;
  const back = middle > 180 ? -360 : middle < -180 ? 360 : 0;
  return straight.map(([x, y]) => [x + back, y]);
}

// The middle of a country's largest part.
function middle(country) {
  const parts = country.geometry.type === "Polygon" ? [country.geometry.coordinates] : country.geometry.coordinates;
  const polygons = parts.map((coordinates) => ({ type: "Polygon", coordinates }));
  return geoCentroid(polygons.reduce((a, b) => (geoArea(a) >= geoArea(b) ? a : b))).map((v) => +v.toFixed(1));
}

function world() {
  const coarse = simpler(atlas("world-atlas/countries-110m"), 0.7);
  const shown = coarse.objects.countries.geometries.filter((country) => country.id !== "010"); // Antarctica
  const countries = { type: "GeometryCollection", geometries: shown };
  const points = { GUF: [-53.1, 4.0], XKX: [20.9, 42.6] }; // without a code of their own in the atlas
  for (const country of feature(atlas("world-atlas/countries-50m"), "countries").features) {
    const code = country.id && iso.numericToAlpha3(country.id);
    if (code) points[code] = middle(country);
  }
  return {
    land: lines(merge(coarse, shown), 1).filter((ring) => ring.length > 4),
    lines: lines(mesh(coarse, countries, (a, b) => a !== b), 1),
    points: Object.fromEntries(Object.entries(points).sort()),
  };
}

function border() {
  const countries = simpler(atlas("world-atlas/countries-10m"), 0.002);
  const states = simpler(atlas("us-atlas/states-10m"), 0.002);
  const both = countries.objects.countries.geometries.filter(({ id }) => ["840", "484"].includes(id));
  const pair = { type: "GeometryCollection", geometries: both };
  return {
    land: lines(clipped(merge(countries, both), BORDER), 2).filter((ring) => ring.length > 4),
    lines: lines(clipped(mesh(states, states.objects.states, (a, b) => a !== b), BORDER), 2),
    frontier: lines(clipped(mesh(countries, pair, (a, b) => a !== b), BORDER), 2),
  };
}

for (const [name, content] of Object.entries({ world: world(), border: border() })) {
  const text = Object.entries(content).map(([key, value]) => `"${key}":${JSON.stringify(value)}`).join(",\n");
  writeFileSync(`${name}.json`, `{${text}}\n`);
}
