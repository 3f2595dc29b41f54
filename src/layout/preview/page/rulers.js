// Rulers along the desk in millimetres, the pointer's place, the measuring tool, ink under the pointer.

import { $, drawn, make, rect } from "./dom.js";
import { lengths, mm, pt, round, say } from "./words.js";

const MM = 72 / 25.4, WIDE = 20;
const INKS = { C: "#009fe3", M: "#e5007d", Y: "#ffd500", K: "#1d1d1b" };
const TICKS = [1, 2, 5, 10, 20, 50, 100, 200];

export function drawRulers(desk) {
  const sheet = desk.sheets[0];
  if (!sheet) return;
  const outer = desk.desk.getBoundingClientRect(), own = sheet.element.getBoundingClientRect();
  const first = { x: own.left - outer.left + sheet.size.left * sheet.unit, y: own.top - outer.top + sheet.size.top * sheet.unit };
  ruler($("ruler-x"), outer.width + WIDE, WIDE, first.x + WIDE, sheet.unit * MM, false);
  ruler($("ruler-y"), WIDE, outer.height + WIDE, first.y + WIDE, sheet.unit * MM, true);
}

function ruler(canvas, width, height, zero, pixels, down) {
  const density = devicePixelRatio, context = canvas.getContext("2d");
  canvas.width = width * density;
  canvas.height = height * density;
  context.scale(density, density);
  context.fillStyle = context.strokeStyle = "#5c5852";
  context.font = "9px sans-serif";
  const every = TICKS.find((each) => each * pixels > 42) ?? 500, small = every / (every % 5 ? 4 : 5);
  const long = down ? height : width;
  context.beginPath();
  for (let at = Math.floor((WIDE - zero) / pixels / small) * small; zero + at * pixels < long; at += small) {
    const spot = Math.round(zero + at * pixels) + 0.5, main = Math.abs(at / every - Math.round(at / every)) < 1e-6, from = main ? 6 : 14;
    if (spot < WIDE) continue;
    context.moveTo(down ? from : spot, down ? spot : from);
    context.lineTo(down ? WIDE : spot, down ? spot : WIDE);
    if (!main) continue;
    if (down) {
      context.save();
      context.translate(9, spot + 2);
      context.rotate(-Math.PI / 2);
      context.fillText(round(at, 0), -2 - context.measureText(round(at, 0)).width, 0);
      context.restore();
    } else context.fillText(round(at, 0), spot + 2, 9);
  }
  context.stroke();
}

export class Tools {
  constructor(desk) {
    this.desk = desk;
    this.measuring = this.dropper = false;
    this.from = null;
    this.separated = null; // the key of the page whose plates are there
    for (const name of ["measure", "ink"]) $(name).addEventListener("click", () => this.use(name === "measure" ? "measuring" : "dropper"));
    desk.desk.addEventListener("pointerdown", (event) => this.begin(event));
    desk.desk.addEventListener("pointermove", (event) => this.move(event));
    desk.desk.addEventListener("pointerup", () => { this.from = null; });
    desk.desk.addEventListener("pointerleave", () => { if (!this.from) $("spot").replaceChildren(); });
  }

  use(tool, on = !this[tool]) {
    this.measuring = this.dropper = false;
    this[tool] = on;
    $("measure").setAttribute("aria-pressed", this.measuring);
    $("ink").setAttribute("aria-pressed", this.dropper);
    this.desk.desk.classList.toggle("measuring", this.measuring);
    this.desk.desk.classList.toggle("dropper", this.dropper);
    if (!this.measuring) this.clear();
    $("spot").replaceChildren(); // what the tool has told of a spot goes with it
  }

  clear() { for (const old of document.querySelectorAll(".measured, .measured-box, .measured-text")) old.remove(); }

  begin(event) {
    const sheet = this.desk.sheetAt(event);
    if (!this.measuring || event.button !== 0 || !sheet) return;
    event.preventDefault();
    this.clear();
    this.from = { sheet, ...sheet.point(event) };
    this.desk.desk.setPointerCapture(event.pointerId);
  }

  move(event) {
    const sheet = this.from?.sheet ?? this.desk.sheetAt(event);
    if (!sheet?.size) { $("spot").replaceChildren(); return; }
    const at = sheet.point(event), parts = [make("span", {}, `x ${mm(at.x)} · y ${mm(at.y)} mm`), make("span", {}, `${pt(at.x)} · ${pt(at.y)} pt`)];
    if (this.from) this.measure(sheet, at);
    if (this.dropper) this.readInk(sheet, at, parts);
    else $("spot").replaceChildren(...parts);
  }

  measure(sheet, at) {
    this.clear();
    const { x, y } = this.from, wide = at.x - x, high = at.y - y, far = Math.hypot(wide, high);
    const em = sheet.inspection?.frames.find((frame) => frame.of > 1)?.values.find((value) => value.name === "size")?.value;
    const box = { x: Math.min(x, at.x), y: Math.min(y, at.y), width: Math.abs(wide), height: Math.abs(high) };
    const text = drawn("text", { class: "measured-text" });
    text.append(...[`↔ ${lengths(Math.abs(wide), em)}`, `↕ ${lengths(Math.abs(high), em)}`, `⤢ ${lengths(far)}`].map((words) => drawn("tspan", {}, words)));
    sheet.svg.append(
      rect(box, { class: "measured-box" }),
      drawn("line", { class: "measured", x1: x, y1: y, x2: at.x, y2: at.y }),
      text,
    );
    this.put(sheet, text, box);
  }

  // The words above a box; further down or to the left where they would not be seen whole.
  put(sheet, text, box) {
    const seen = this.desk.desk.getBoundingClientRect(), pixel = 1 / sheet.unit, line = 17 * pixel;
    const first = sheet.point({ clientX: seen.left, clientY: seen.top }), last = sheet.point({ clientX: seen.right, clientY: seen.bottom });
    const { left, top, width } = sheet.size, wide = Math.max(...[...text.children].map((each) => each.getComputedTextLength())) + 8 * pixel;
    const x = Math.max(first.x, -left, Math.min(box.x, last.x - wide, width - left - wide)) + 4 * pixel;
    const y = Math.max(first.y + 6 * pixel, 6 * pixel - top, box.y - text.childElementCount * line) + line;
    [...text.children].forEach((each, at) => { each.setAttribute("x", x); each.setAttribute("y", y + (at - 0.3) * line); });
  }

  // Asks for the ink under the pointer, one answer at a time; the last place asked for is not forgotten.
  async readInk(sheet, at, parts) {
    this.wanted = { sheet, at, parts };
    if (this.reading) return;
    this.reading = true;
    while (this.wanted) {
      const { sheet: of, at: { x, y }, parts: words } = this.wanted, key = of.page.key;
      this.wanted = null;
      // Of a page whose plates have not been made yet the first answer takes a while.
      if (this.separated !== key) $("spot").replaceChildren(...words, make("span", {}, say("separating")));
      const answer = await fetch(`/ink/${key}?x=${x + of.size.left}&y=${y + of.size.top}`).catch(() => null);
      const inks = answer?.ok ? await answer.json() : null;
      this.separated = inks ? key : null;
      if (!this.dropper) continue;
      $("spot").replaceChildren(...words, ...(inks ? shownInks(inks) : [make("span", {}, say(answer ? "not_separated" : "gone"))]));
    }
    this.reading = false;
  }
}

function shownInks(inks) {
  const total = Object.values(inks).reduce((sum, each) => sum + each, 0);
  const of = Object.entries(inks).map(([ink, percent]) => {
    const mark = make("i", { "aria-hidden": "true" });
    mark.style.background = INKS[ink];
    return make("span", {}, mark, `${ink} ${round(percent, 0)}`);
  });
  return [...of, make("span", { id: "ink-total" }, `${say("ink_total")} ${round(total, 0)} %`)];
}
