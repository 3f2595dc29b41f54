// The desk that pages lie on: which are shown, how large, and which part of them is seen.

import { $ } from "./dom.js";
import { CSS_PX_PER_PT, Sheet } from "./sheet.js";

export const STEPS = [0.1, 0.17, 0.25, 0.33, 0.5, 0.67, 0.75, 1, 1.25, 1.5, 2, 3, 4, 6, 8, 12, 16];
const AROUND = 24; // CSS pixels of desk around the pages
const LEAST = 0.03, MOST = 16;

export class Desk {
  constructor(changed) {
    this.desk = $("desk");
    this.paper = $("paper");
    this.changed = changed; // called after every change of what is seen
    this.mode = "page"; // fit the page, fit its width, or neither: a zoom
    this.zoom = 1;
    this.view = "page";
    this.spread = false;
    this.chosen = null; // number of the page that is looked at
    this.pages = [];
    this.sheets = [];
    this.desk.addEventListener("scroll", () => this.draw());
    new ResizeObserver(() => this.layout()).observe(this.desk);
    this.watchDensity();
    this.wheel();
    this.drag();
  }

  // A page without neighbours: the first, and the last where it has none; others face each other, even numbers left.
  facing(number) {
    const left = number % 2 ? number - 1 : number;
    return this.spread ? this.pages.filter((page) => page.number === left || page.number === left + 1) : this.pages.filter((page) => page.number === number);
  }

  async show(pages) {
    this.pages = pages;
    if (!pages.some((page) => page.number === this.chosen)) this.chosen = pages[0]?.number ?? null;
    await this.put();
  }

  async choose(number) {
    if (!this.pages.some((page) => page.number === number)) return;
    this.chosen = number;
    await this.put();
  }

  async put() {
    const turn = this.turn = (this.turn ?? 0) + 1;
    const wanted = this.facing(this.chosen);
    const sheets = wanted.map((page) => this.sheets.find((sheet) => sheet.number === page.number) ?? new Sheet());
    await Promise.all(sheets.map((sheet, at) => sheet.show(wanted[at])));
    if (turn !== this.turn) return;
    const fresh = sheets.some((sheet) => !this.sheets.includes(sheet));
    this.sheets = sheets.filter((sheet) => sheet.size);
    this.paper.replaceChildren(...this.sheets.map((sheet) => sheet.element));
    this.layout();
    if (fresh && this.mode === "zoom") this.desk.scrollTo(0, 0);
    this.changed();
  }

  // Whether all that can be seen is of the pages as they are now.
  get isDrawn() { return this.sheets.every((sheet) => !sheet.pending); }

  get width() { return this.sheets.reduce((sum, sheet) => sum + sheet.size.width, 0); }
  get height() { return Math.max(0, ...this.sheets.map((sheet) => sheet.size.height)); }

  // Puts the sheets where they belong at the present zoom.
  layout() {
    if (!this.sheets.length) return;
    const room = { width: this.desk.clientWidth - 2 * AROUND, height: this.desk.clientHeight - 2 * AROUND };
    const fit = { page: Math.min(room.width / this.width, room.height / this.height), width: room.width / this.width };
    if (this.mode !== "zoom") this.zoom = Math.max(LEAST, fit[this.mode] / CSS_PX_PER_PT);
    const whole = (value) => Math.round(value * devicePixelRatio) / devicePixelRatio;
    for (const sheet of this.sheets) Object.assign(sheet, { zoom: this.zoom, view: this.view });
    const across = this.sheets.reduce((sum, sheet) => sum + sheet.width, 0), down = Math.max(...this.sheets.map((sheet) => sheet.height));
    const paper = { width: Math.max(this.desk.clientWidth, across + 2 * AROUND), height: Math.max(this.desk.clientHeight, down + 2 * AROUND) };
    Object.assign(this.paper.style, { width: `${paper.width}px`, height: `${paper.height}px` });
    let left = whole((paper.width - across) / 2);
    const top = whole((paper.height - down) / 2);
    for (const sheet of this.sheets) {
      sheet.place(left, top);
      left = whole(left + sheet.width);
    }
    this.draw();
  }

  draw() {
    const seen = this.desk.getBoundingClientRect();
    for (const sheet of this.sheets) {
      const own = sheet.element.getBoundingClientRect();
      const x = Math.max(0, seen.left - own.left), y = Math.max(0, seen.top - own.top);
      const right = Math.min(own.width, seen.right - own.left), bottom = Math.min(own.height, seen.bottom - own.top);
      if (right > x && bottom > y) sheet.draw({ x, y, width: right - x, height: bottom - y });
    }
    this.changed();
  }

  fit(mode) {
    this.mode = mode;
    this.layout();
    if (mode === "width") this.desk.scrollTop = 0;
  }

  // Zooms; what is under the pointer, or in the middle, stays there.
  scaleTo(zoom, event = null) {
    const box = this.desk.getBoundingClientRect(), sheet = this.sheets[0];
    if (!sheet) return;
    const x = event ? event.clientX : box.left + box.width / 2, y = event ? event.clientY : box.top + box.height / 2;
    const before = sheet.point({ clientX: x, clientY: y });
    this.mode = "zoom";
    this.zoom = Math.min(MOST, Math.max(LEAST, zoom));
    this.layout();
    const after = sheet.point({ clientX: x, clientY: y });
    // Whole pixels: tiles that lie between two would be blurred.
    this.desk.scrollTo(
      Math.round(this.desk.scrollLeft + (before.x - after.x) * sheet.unit),
      Math.round(this.desk.scrollTop + (before.y - after.y) * sheet.unit),
    );
    this.draw();
  }

  step(by) {
    const next = by > 0 ? STEPS.find((each) => each > this.zoom * 1.01) : STEPS.findLast((each) => each < this.zoom * 0.99);
    if (next) this.scaleTo(next);
  }

  turnPage(by) {
    const at = this.pages.findIndex((page) => page.number === this.chosen), shown = new Set(this.facing(this.chosen));
    let next = at + by;
    while (this.pages[next] && shown.has(this.pages[next])) next += by;
    if (this.pages[next]) return this.choose(this.pages[next].number);
  }

  // Scrolls a box of page *number* into the middle; a small one is brought nearer.
  async reveal(number, box) {
    await this.choose(number);
    const sheet = this.sheets.find((each) => each.number === number);
    if (!sheet) return;
    const least = 90 / CSS_PX_PER_PT / Math.max(box.width, box.height, 1);
    if (this.zoom < Math.min(1, least)) this.scaleTo(Math.min(1, least));
    const own = sheet.element.getBoundingClientRect(), desk = this.desk.getBoundingClientRect();
    const x = own.left + (box.x + box.width / 2 + sheet.size.left) * sheet.unit, y = own.top + (box.y + box.height / 2 + sheet.size.top) * sheet.unit;
    this.desk.scrollTo(
      Math.round(this.desk.scrollLeft + x - desk.left - desk.width / 2), Math.round(this.desk.scrollTop + y - desk.top - desk.height / 2),
    );
    this.draw();
  }

  sheetAt(event) { return this.sheets.find((sheet) => sheet.element.contains(event.target)) ?? null; }

  wheel() {
    this.desk.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      this.scaleTo(this.zoom * Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.002)), event);
    }, { passive: false });
  }

  // Dragging with the middle button, or with the space bar held, moves the pages.
  drag() {
    this.space = false;
    let from = null;
    this.desk.addEventListener("pointerdown", (event) => {
      if (event.button !== 1 && !(event.button === 0 && this.space)) return;
      event.preventDefault();
      event.stopPropagation();
      from = { x: event.clientX, y: event.clientY, left: this.desk.scrollLeft, top: this.desk.scrollTop };
      this.desk.setPointerCapture(event.pointerId);
    }, { capture: true });
    this.desk.addEventListener("pointermove", (event) => {
      if (from) this.desk.scrollTo(from.left + from.x - event.clientX, from.top + from.y - event.clientY);
    });
    for (const name of ["pointerup", "pointercancel"]) this.desk.addEventListener(name, () => { from = null; });
  }

  hold(space) {
    this.space = space;
    this.desk.classList.toggle("grab", space);
  }

  // A window that is moved to another screen gets tiles of that screen's pixels.
  watchDensity() {
    matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener("change", () => { this.layout(); this.watchDensity(); }, { once: true });
  }
}
