// Edits that are written back to issue.toml: focal points and what must stay by dragging, exchanges, choices; and undo.

import { $, button, drawn, make, rect, toast } from "./dom.js";
import { inPicture, keptBox, onPage } from "./layers.js";
import { say } from "./words.js";

const token = document.querySelector("meta[name=layout-token]").content;
let plan = { etag: "", undo: 0, revision: 0 };
let queue = Promise.resolve(); // one edit after the other: each says how the file is that the one before has left

// How issue.toml is now. What the stream says of it may be older than an answer.
export function takePlan(known) {
  if (known.revision >= plan.revision) plan = known;
  $("undo").disabled = !plan.undo;
}

async function post(address, body, done) {
  const headers = { "Content-Type": "application/json", "X-Layout-Token": token, "If-Match": `"${plan.etag}"` };
  const answer = await fetch(address, { method: "POST", headers, body: JSON.stringify(body) }).catch(() => null);
  if (!answer) return toast(say("not_saved") + say("gone"));
  const told = await answer.json().catch(() => ({}));
  if (answer.ok) takePlan(told);
  toast(answer.ok ? say(done) : say("not_saved") + (told.message ?? ""));
}

const then = (act) => { queue = queue.then(act, act); return queue; };
export const edit = (request) => then(() => post("/edit", request, "saved"));
export const undo = () => then(() => (plan.undo ? post("/undo", {}, "undone") : null));

const percent = (share) => Math.round(share * 1000) / 10;

// The fields of a picture, for whoever does not drag.
export function pictureEdits(sheet, picture) {
  if (picture.is_form || !picture.shown) return [];
  const field = (word, share) => make("input", { type: "number", min: 0, max: 100, step: 0.1, value: percent(share), "aria-label": say(word) });
  const focus = [field("focus_x", picture.focus[0]), field("focus_y", picture.focus[1])];
  const keep = picture.keep && ["left", "top", "right", "bottom"].map((side, at) => field(`keep_${side}`, picture.keep[at]));
  const read = (inputs) => inputs.map((input) => Number(input.value) / 100);
  const write = (kind, inputs, id) => button(say("apply"), () => edit({ kind, picture: picture.picture, [kind]: read(inputs) }), { id });
  const rest = sheet.inspection.pictures.filter((each) => each.picture !== picture.picture && !each.is_form);
  const others = make("select", { "aria-label": say("swap_with"), id: "swap-with" }, ...rest.map((each) => make("option", { value: each.picture }, each.picture)));
  return [
    make("h3", {}, say("focus")), make("div", { class: "row" }, ...focus, write("focus", focus, "write-focus")),
    make("h3", {}, say("keep")),
    keep ? make("div", { class: "row" }, ...keep, write("keep", keep, "write-keep"),
      button(say("keep_remove"), () => edit({ kind: "keep", picture: picture.picture, keep: null }), { id: "keep-remove" }))
      : button(say("keep_add"), () => edit({ kind: "keep", picture: picture.picture, keep: middle(picture.shown) }), { id: "keep-add" }),
    ...(rest.length ? [make("h3", {}, say("swap_with")), make("div", { class: "row" }, others,
      button(say("swap"), () => edit({ kind: "swap", page: sheet.number, pictures: [picture.picture, others.value] }), { id: "swap" }))] : []),
  ];
}

// What must stay to begin with: half of what is seen, around its middle.
function middle([left, top, right, bottom]) {
  const wide = (right - left) / 4, high = (bottom - top) / 4;
  return [left + wide, top + high, right - wide, bottom - high];
}

// The handles of a selected picture: its focal point, and the corners of what must stay.
export function drawHandles(sheet, picture) {
  for (const old of sheet.svg.querySelectorAll("g.handles")) old.remove();
  if (!picture?.shown || picture.is_form) return;
  const group = drawn("g", { class: "handles" }), size = 9 / sheet.unit;
  sheet.svg.append(group);
  const point = onPage(picture, picture.focus);
  const focus = drawn("circle", { class: "focus-handle", id: "focus-handle", cx: point.x, cy: point.y, r: size });
  drag(sheet, focus, (to) => { focus.setAttribute("cx", to.x); focus.setAttribute("cy", to.y); },
    (to) => edit({ kind: "focus", picture: picture.picture, focus: inPicture(picture, to) }));
  if (picture.keep) group.append(...keepHandles(sheet, picture, size));
  group.append(focus);
}

function keepHandles(sheet, picture, size) {
  const keep = [...picture.keep], frame = rect(keptBox(picture), { class: "selected keep-frame" });
  const sorted = () => [...[0, 1].map((at) => Math.min(keep[at], keep[at + 2])), ...[0, 1].map((at) => Math.max(keep[at], keep[at + 2]))];
  const corners = [[0, 1], [2, 1], [2, 3], [0, 3]].map(([across, down]) => {
    const at = onPage(picture, [keep[across], keep[down]]);
    const corner = rect({ x: at.x - size / 2, y: at.y - size / 2, width: size, height: size }, { class: "handle" });
    const move = (to) => {
      [keep[across], keep[down]] = inPicture(picture, to);
      const box = keptBox(picture, keep);
      for (const [name, value] of Object.entries({ x: Math.min(box.x, box.x + box.width), y: Math.min(box.y, box.y + box.height), width: Math.abs(box.width), height: Math.abs(box.height) })) frame.setAttribute(name, value);
      corner.setAttribute("x", to.x - size / 2);
      corner.setAttribute("y", to.y - size / 2);
    };
    drag(sheet, corner, move, (to) => { move(to); edit({ kind: "keep", picture: picture.picture, keep: sorted() }); });
    return corner;
  });
  return [frame, ...corners];
}

function drag(sheet, handle, move, drop) {
  let held = false;
  handle.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    event.stopPropagation();
    held = true;
    handle.setPointerCapture(event.pointerId);
  });
  handle.addEventListener("pointermove", (event) => { if (held) move(sheet.point(event)); });
  handle.addEventListener("pointerup", (event) => {
    if (!held) return;
    held = false;
    drop(sheet.point(event));
  });
}
