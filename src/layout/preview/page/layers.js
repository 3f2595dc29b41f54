// What can be laid over a page: rows, boxes, fill, tightness, the press's lines.

import { $, drawn, inside, make, rect } from "./dom.js";
import { say } from "./words.js";

const HUES = ["#1f5fa8", "#b0305c", "#24683a", "#8a5200", "#6a3fb0", "#00707a", "#a8211a", "#50608a"];
const NAMES = ["grid", "area", "columns", "bands", "pictures", "frames", "heat", "overset", "findings", "bleed", "trim", "fold", "safe"];
const COLOURS = { grid: "#0077a8", area: "#0077a8", columns: "#1c7a57", bands: "#7a4fb5", pictures: "#c25a00", frames: "#1f5fa8", heat: "#d2180a", overset: "#8e0f06", findings: "#b06a00", bleed: "#d0006f", trim: "#111", fold: "#1f5fa8", safe: "#24683a" };

const shown = new Set(["overset"]);
let redraw = () => {};

export function setUpLayers(changed) {
  redraw = changed;
  for (const name of NAMES) {
    const box = make("input", { type: "checkbox", id: `layer-${name}`, checked: shown.has(name) });
    const mark = make("i", { "aria-hidden": "true" });
    mark.style.color = COLOURS[name];
    box.addEventListener("change", () => { toggle(name, box.checked); });
    $("panel-layers").querySelector("fieldset").append(make("label", {}, box, mark, say(`layer_${name}`)));
  }
}

export function toggle(name, on = !shown.has(name)) {
  if (on) shown.add(name);
  else shown.delete(name);
  $(`layer-${name}`).checked = on;
  redraw();
}

// The layers of one sheet, with the findings of its page.
export function drawLayers(sheet, findings) {
  for (const old of sheet.svg.querySelectorAll("g.layer")) old.remove();
  const page = sheet.inspection;
  if (!page) return;
  for (const name of NAMES.filter((each) => shown.has(each))) {
    const group = drawn("g", { class: `layer ${name}` });
    group.append(...PAINT[name](page, findings, sheet.unit));
    sheet.svg.prepend(group);
  }
}

// A label at the head of a box, as much of it as the box is wide on the screen; nothing where hardly a word would be.
// Those of bands stand at the right: at the left are those of what a band begins with.
function label(box, text, fill, unit, right = false) {
  const room = Math.floor(box.width * unit / 6.5);
  if (room < 3 || box.height * unit < 11) return drawn("text");
  const x = right ? { x: box.x + box.width - 3 / unit, "text-anchor": "end" } : { x: box.x + 1 / unit };
  return drawn("text", { ...x, y: box.y + 11 / unit, fill }, text.length > room ? `${text.slice(0, room - 1)}…` : text);
}

function* rows(page) {
  const area = page.type_area;
  for (let y = area.y; page.row > 0 && y <= area.y + area.height + 0.01; y += page.row) {
    yield drawn("line", { x1: area.x, x2: area.x + area.width, y1: y, y2: y });
  }
}

function* bands(page, _, unit) {
  for (const band of page.bands) {
    yield rect(band.box);
    yield label(band.box, band.name, COLOURS.bands, unit, true);
  }
  for (const gap of page.gaps) yield rect(gap.box, { class: "elastic" });
}

// Where a picture's point lies on the page: what the box shows of it fills the box.
export function onPage(picture, share) {
  const [left, top, right, bottom] = picture.shown, box = picture.box;
  return { x: box.x + (share[0] - left) / (right - left) * box.width, y: box.y + (share[1] - top) / (bottom - top) * box.height };
}

export function inPicture(picture, point) {
  const [left, top, right, bottom] = picture.shown, box = picture.box;
  const share = [left + (point.x - box.x) / box.width * (right - left), top + (point.y - box.y) / box.height * (bottom - top)];
  return share.map((each) => Math.min(1, Math.max(0, each)));
}

export function keptBox(picture, keep = picture.keep) {
  const from = onPage(picture, keep.slice(0, 2)), to = onPage(picture, keep.slice(2));
  return { x: from.x, y: from.y, width: to.x - from.x, height: to.y - from.y };
}

function* pictures(page, _, unit) {
  for (const picture of page.pictures) {
    yield rect(picture.box);
    yield label(picture.box, picture.picture, COLOURS.pictures, unit);
    if (!picture.shown) continue;
    const { x, y } = onPage(picture, picture.focus);
    yield drawn("circle", { cx: x, cy: y, r: 6 / unit, fill: "#ffffff80", stroke: COLOURS.pictures });
    yield drawn("path", { d: `M${x - 10 / unit} ${y}h${20 / unit}M${x} ${y - 10 / unit}v${20 / unit}`, stroke: COLOURS.pictures });
    if (picture.keep) yield rect(keptBox(picture), { class: "keep" });
  }
}

function* frames(page, _, unit) {
  const chains = new Map();
  for (const frame of page.frames) chains.set(frame.chain, [...(chains.get(frame.chain) ?? []), frame]);
  let at = 0;
  for (const [chain, own] of chains) {
    const hue = HUES[at++ % HUES.length];
    if (own.length > 1) {
      const points = own.map(({ box }) => `${box.x + box.width / 2},${box.y + box.height / 2}`).join(" ");
      yield drawn("polyline", { points, stroke: hue });
    }
    for (const frame of own) {
      yield rect(frame.box, { stroke: hue, fill: hue });
      const order = frame.of > 1 ? `${frame.number}/${frame.of} ` : "";
      const flows = chain.split(" "), name = flows.length > 1 ? `${flows[0]}…` : chain;
      const full = frame.room && frame.lines !== frame.room ? `${Math.round(100 * frame.lines / frame.room)}% ` : "";
      yield label(frame.box, `${order}${full}${name}`, hue, unit);
    }
  }
}

function* heat(page) {
  for (const line of page.lines) {
    if (Math.abs(line.gap) < 4) continue;
    const strength = Math.min(0.75, Math.abs(line.gap) / 130);
    yield rect(line.box, { fill: line.gap > 0 ? "#d2180a" : "#1f5fa8", "fill-opacity": strength, stroke: "none" });
  }
}

function* overset(page, findings, unit) {
  for (const finding of findings.filter((each) => each.check === "page.overset")) {
    const own = page.frames.filter((frame) => frame.chain === finding.flows.join(" "));
    const frame = own.at(-1) ?? page.frames.findLast((each) => finding.flows.some((flow) => each.chain.split(" ").includes(flow)));
    if (!frame) continue;
    const high = 15 / unit, box = { x: frame.box.x, y: frame.box.y + frame.box.height - high, width: frame.box.width, height: high };
    yield rect(box);
    yield label(box, `＋ ${say("overset_here", finding.amount.characters ?? "")}`, "#fff", unit);
  }
}

// The boxes of a finding: its own, else the lines of copy or the frames that it is about.
export function spotsOf(finding, page) {
  if (finding.boxes.length) return finding.boxes;
  if (!page) return [];
  const words = finding.amount?.line;
  const place = finding.place?.split(":").slice(0, 2).join(":");
  const lines = page.lines.filter((line) => line.place && place && line.place.split(":").slice(0, 2).join(":") === place);
  const flows = page.frames.filter((frame) => frame.chain.split(" ").some((flow) => finding.flows.includes(flow)));
  const elements = page.elements.filter((each) => finding.template.includes(each.place) || (place && each.place === finding.place));
  const pictures = page.pictures.filter((each) => each.place === finding.place);
  if (words === undefined && flows.length) return flows.slice(-1).map((frame) => frame.box);
  return (lines.length ? lines : flows.length ? flows : pictures.length ? pictures : elements).map((each) => each.box);
}

function* spots(page, findings) {
  for (const finding of findings) for (const box of spotsOf(finding, page)) yield rect(box, { class: finding.severity });
}

const around = (page, by) => ({ x: -by, y: -by, width: page.width + 2 * by, height: page.height + 2 * by });

const PAINT = {
  grid: rows,
  area: (page) => [rect(page.type_area)],
  columns: (page) => page.columns.map((column) => rect(column.box)),
  bands, pictures, frames, heat, overset,
  findings: spots,
  bleed: (page) => [rect(around(page, page.bleed))],
  trim: (page) => [rect(around(page, 0))],
  fold: (page) => [
    ...page.fold.map((y) => drawn("line", { x1: 0, x2: page.width, y1: y, y2: y })),
    ...page.fold_down.map((x) => drawn("line", { x1: x, x2: x, y1: 0, y2: page.height })),
  ],
  safe: (page) => [rect(around(page, -page.safe))],
};

// The elements under a point, the innermost first, and the line of type there.
export function under(page, x, y) {
  const elements = page.elements.filter((each) => inside(each.box, x, y));
  elements.reverse();
  elements.sort((one, other) => one.box.width * one.box.height - other.box.width * other.box.height);
  return { elements, line: page.lines.find((line) => inside(line.box, x, y)) ?? null };
}
