// One page on the desk: its tiles at the present scale, and the layers above them.

import { drawn, make, toast } from "./dom.js";
import { say } from "./words.js";

const SIDE = Number(document.querySelector("meta[name=layout-side]").content);
export const CSS_PX_PER_PT = 96 / 72;

export class Sheet {
  constructor() {
    this.page = null;
    this.data = null; // the sheet's size, and what can be inspected of the page
    this.checked = false; // whether that is of this edition
    this.zoom = 1;
    this.view = "page";
    this.element = make("div", { class: "sheet", role: "img" });
    this.svg = drawn("svg", { "aria-hidden": "true" });
    this.element.append(this.svg);
    this.stack = []; // tiles of this scale come last; older ones lie below until these are there
  }

  get number() { return this.page?.number; }
  get size() { return this.data?.sheet; }
  get inspection() { return this.data?.inspection ?? null; }
  get unit() { return this.zoom * CSS_PX_PER_PT; } // CSS pixels to the point

  // Takes another page, or another edition of the same one. Resolves once its size is known.
  async show(page) {
    const asked = page.key;
    if (this.page?.key === asked && this.checked) { this.page = page; return true; }
    this.asked = asked;
    const answer = await fetch(`/page/${asked}`);
    if (!answer.ok || this.asked !== asked) return false;
    const data = await answer.json();
    if (this.asked !== asked) return false;
    this.page = page;
    this.checked = Boolean(data.inspection);
    // What was known of the page before it was saved stands until the new page is checked as well.
    this.data = { sheet: data.sheet, inspection: data.inspection ?? this.inspection };
    this.element.dataset.number = page.number;
    this.element.setAttribute("aria-label", say("picture_of", page.number) + (page.title ? ` ${page.title}` : ""));
    return true;
  }

  place(left, top) {
    Object.assign(this.element.style, { left: `${left}px`, top: `${top}px`, width: `${this.width}px`, height: `${this.height}px` });
    const { left: x, top: y, trim_width: w, trim_height: h } = this.size;
    this.svg.setAttribute("viewBox", `0 0 ${w} ${h}`);
    Object.assign(this.svg.style, { left: `${x * this.unit}px`, top: `${y * this.unit}px`, width: `${w * this.unit}px`, height: `${h * this.unit}px` });
    this.svg.style.setProperty("--u", 1 / this.unit);
  }

  get pending() { return this.stack.at(-1)?.pending ?? 0; } // tiles that are waited for

  get width() { return Math.ceil(this.size.width * this.scale) / devicePixelRatio; }
  get height() { return Math.ceil(this.size.height * this.scale) / devicePixelRatio; }

  // Device pixels to the point, as the server is asked for them.
  get scale() { return Number((this.unit * devicePixelRatio).toFixed(5)); }

  // Loads the tiles that can be seen in *seen*, a rectangle in CSS pixels of the sheet.
  draw(seen) {
    const { scale, view } = this, key = this.page.key, dpr = devicePixelRatio;
    const name = `${key}/${view}/${scale}`;
    let layer = this.stack.at(-1);
    if (layer?.name !== name) {
      layer = { name, scale, element: make("div", { class: "tiles" }), tiles: new Map(), pending: 0 };
      this.stack.push(layer);
      this.element.insertBefore(layer.element, this.svg);
    }
    for (const older of this.stack) older.element.style.transform = older === layer ? "" : `scale(${scale / older.scale})`;
    const across = Math.ceil(this.size.width * scale), down = Math.ceil(this.size.height * scale), side = SIDE / dpr;
    const span = (from, to, whole) => [Math.max(0, Math.floor(from / side)), Math.min(Math.ceil(whole / SIDE) - 1, Math.floor(to / side))];
    const [left, right] = span(seen.x, seen.x + seen.width, across), [top, bottom] = span(seen.y, seen.y + seen.height, down);
    for (let row = top; row <= bottom; row++) {
      for (let column = left; column <= right; column++) this.tile(layer, column, row, across, down);
    }
    this.settle(layer);
  }

  tile(layer, column, row, across, down) {
    const at = `${column}/${row}`, dpr = devicePixelRatio;
    if (layer.tiles.has(at)) return;
    const width = Math.min(SIDE, across - column * SIDE), height = Math.min(SIDE, down - row * SIDE);
    const image = make("img", { alt: "", draggable: "false", decoding: "sync", width: width / dpr, height: height / dpr });
    Object.assign(image.style, { left: `${column * SIDE / dpr}px`, top: `${row * SIDE / dpr}px`, width: `${width / dpr}px`, height: `${height / dpr}px` });
    layer.tiles.set(at, image);
    layer.pending++;
    const done = () => { layer.pending--; this.settle(layer); };
    image.addEventListener("load", done);
    image.addEventListener("error", () => { layer.tiles.delete(at); image.remove(); this.explain(layer, image.src); done(); });
    image.src = `/tile/${layer.name}/${at}.png`;
    layer.element.append(image);
  }

  // Says once why tiles of a layer do not come: a picture that fails has no words.
  async explain(layer, address) {
    if (layer.failed) return;
    layer.failed = true;
    const answer = await fetch(address).catch(() => null);
    if (answer?.status === 422) toast(`${say("not_separated")} ${await answer.text()}`);
  }

  // Once all that can be seen is there, what lay below goes.
  settle(layer) {
    if (layer !== this.stack.at(-1)) return;
    this.element.dataset.drawn = layer.pending ? "" : layer.name;
    this.element.dataset.edition = layer.pending ? "" : this.page.key;
    if (layer.pending) return;
    for (const older of this.stack.splice(0, this.stack.length - 1)) older.element.remove();
    this.element.dispatchEvent(new Event("drawn", { bubbles: true }));
  }

  // The point of the trimmed page under a pointer.
  point(event) {
    const box = this.element.getBoundingClientRect();
    return { x: (event.clientX - box.left) / this.unit - this.size.left, y: (event.clientY - box.top) / this.unit - this.size.top };
  }
}
