// Follows the state that the server streams, and puts the parts of the page together.

import { Desk, STEPS } from "./desk.js";
import { $, button, inside, make, rect, toast } from "./dom.js";
import { drawHandles, edit, takePlan, undo } from "./edits.js";
import { Inspector } from "./inspector.js";
import { setUpKeys } from "./keys.js";
import { drawLayers, setUpLayers, spotsOf, toggle, under } from "./layers.js";
import { openTab, setUpTabs, showChoices, showFaults, showFindings } from "./panels.js";
import { openPlace } from "./places.js";
import { drawRulers, Tools } from "./rulers.js";
import { loadWords, round, say } from "./words.js";

const VIEWS = ["page", "soft", "ink", "C", "M", "Y", "K"];
const THUMBNAIL = 0.25; // tiles of this scale are small pictures of pages: 400 pixels of a broadsheet

await loadWords();
setUpTabs();

let state = null, run = null;
let planned = false;
const desk = new Desk(() => {
  if (planned) return; // many changes in one turn are drawn once
  planned = true;
  requestAnimationFrame(() => { planned = false; redraw(); });
});
const inspector = new Inspector(desk, redraw);
const tools = new Tools(desk);
setUpLayers(redraw);

function findingsOf(number) {
  return state ? state.findings.filter((finding) => finding.page === number || (finding.page === null && desk.pages.length === 1)) : [];
}

// Everything that lies above the tiles, at the present zoom.
function redraw() {
  for (const sheet of desk.sheets) {
    drawLayers(sheet, findingsOf(sheet.number));
    for (const old of sheet.svg.querySelectorAll(".selected-box")) old.remove();
    const own = inspector.selected?.number === sheet.number ? inspector.selected : null;
    if (own) sheet.svg.append(rect(own.box, { class: "selected selected-box" }));
    drawHandles(sheet, own && sheet.inspection?.pictures.find((each) => each.id === own.key));
  }
  drawRulers(desk);
  $("fit-page").setAttribute("aria-pressed", desk.mode === "page");
  $("fit-width").setAttribute("aria-pressed", desk.mode === "width");
  const zoom = String(STEPS.find((each) => Math.abs(each - desk.zoom) < 1e-4) ?? "other");
  $("zoom").querySelector("[value=other]").textContent = `${round(desk.zoom * 100, 0)} %`;
  $("zoom").value = zoom;
  for (const each of $("thumbs").children) each.setAttribute("aria-current", desk.sheets.some((sheet) => String(sheet.number) === each.dataset.number) ? "page" : "false");
}

function showMessage() {
  document.body.dataset.phase = state.phase;
  const progress = state.total > 1 ? ` ${state.done}/${state.total}` : "";
  const texts = {
    setting: state.stage ? say("setting_stage", state.stage + progress) : say("setting"),
    good: desk.isDrawn ? say("good", state.updated) : say("drawing"),
    fault: state.edition ? say("fault", state.updated) : say("nothing"),
  };
  if ($("message").textContent !== texts[state.phase]) $("message").textContent = texts[state.phase];
  $("desk").dataset.empty = state.pages.length ? "" : texts[state.phase];
}

function showThumbnails() {
  $("thumbs").hidden = state.pages.length < 2;
  const wanted = state.pages.map((page) => `${page.number}/${page.key}/${page.title}`).join(" ");
  if ($("thumbs").dataset.shown === wanted) return;
  $("thumbs").dataset.shown = wanted;
  $("thumbs").replaceChildren(...state.pages.map((page) => button("", () => choose(page.number), { "data-number": page.number })));
  [...$("thumbs").children].forEach((each, at) => {
    const page = state.pages[at];
    each.append(make("img", { src: `/tile/${page.key}/page/${THUMBNAIL}/0/0.png`, alt: "" }), `${say("page", page.number)} ${page.title}`);
  });
}

async function choose(number) {
  await desk.choose(number);
  showChosen();
}

function showChosen() {
  inspector.refresh();
  const pinned = desk.sheets.find((sheet) => sheet.number === desk.chosen)?.inspection?.pinned;
  showChoices(state.report.find((each) => each.number === desk.chosen), pinned, edit);
  redraw();
}

// Leads to the spot of a finding, and flashes it; of one that has none it says so.
async function lead(finding) {
  if (finding.page) await desk.choose(finding.page);
  showChosen();
  const sheet = desk.sheets.find((each) => each.number === (finding.page ?? each.number));
  const boxes = sheet ? spotsOf(finding, sheet.inspection) : [];
  if (!boxes.length) { toast(say("no_spot")); return; }
  await desk.reveal(sheet.number, boxes[0]);
  for (const box of boxes) {
    const spot = rect(box, { class: "flash" });
    sheet.svg.append(spot);
    setTimeout(() => spot.remove(), 4000);
  }
}

$("zoom").append(...STEPS.map((each) => make("option", { value: each }, `${round(each * 100, 0)} %`)), make("option", { value: "other", hidden: true }));
$("view").append(...VIEWS.map((view) => make("option", { value: view }, say(`view_${view}`))));
$("zoom").addEventListener("change", () => desk.scaleTo(Number($("zoom").value)));
$("view").addEventListener("change", () => { desk.view = $("view").value; desk.layout(); });
$("fit-page").addEventListener("click", () => desk.fit("page"));
$("fit-width").addEventListener("click", () => desk.fit("width"));
$("zoom-in").addEventListener("click", () => desk.step(1));
$("zoom-out").addEventListener("click", () => desk.step(-1));
$("undo").addEventListener("click", undo);
$("spread").addEventListener("click", async () => {
  desk.spread = !desk.spread;
  $("spread").setAttribute("aria-pressed", desk.spread);
  await desk.put();
  showChosen();
});

const page = (by) => async () => { await desk.turnPage(by); showChosen(); };
const scroll = (x, y) => () => desk.desk.scrollBy(x * 60, y * 60);
setUpKeys({
  undo, hold: (space) => desk.hold(space),
  0: () => desk.fit("page"), w: () => desk.fit("width"), "+": () => desk.step(1), "=": () => desk.step(1), "-": () => desk.step(-1),
  1: () => desk.scaleTo(1), 2: () => desk.scaleTo(2), 4: () => desk.scaleTo(4), 8: () => desk.scaleTo(8),
  "[": page(-1), "]": page(1), PageUp: page(-1), PageDown: page(1),
  ArrowUp: scroll(0, -1), ArrowDown: scroll(0, 1), ArrowLeft: scroll(-1, 0), ArrowRight: scroll(1, 0),
  g: () => toggle("grid"), f: () => toggle("frames"), p: () => toggle("pictures"),
  m: () => tools.use("measuring"), i: () => tools.use("dropper"),
  Escape: () => { tools.use("measuring", false); inspector.clear(); },
});

// A click selects, a second one opens the template in the editor; what is under the pointer is outlined.
desk.desk.addEventListener("click", (event) => {
  const sheet = desk.sheetAt(event);
  if (sheet && !tools.measuring && !desk.space && !event.target.closest(".handles")) inspector.click(sheet, sheet.point(event));
});
desk.desk.addEventListener("drawn", showMessage);
desk.desk.addEventListener("dblclick", (event) => {
  const place = desk.sheetAt(event) && inspector.selected?.elements[0]?.place;
  if (place && !tools.measuring) openPlace(place);
});
desk.desk.addEventListener("pointermove", (event) => {
  const sheet = desk.sheetAt(event), hovered = sheet?.inspection && !tools.measuring ? sheet.point(event) : null;
  const box = hovered && under(sheet.inspection, hovered.x, hovered.y).elements[0]?.box;
  if (desk.hovered && box && inside(box, desk.hovered.x, desk.hovered.y) && desk.hovered.box === box) return;
  for (const old of document.querySelectorAll(".hover")) old.remove();
  desk.hovered = box ? { ...hovered, box } : null;
  if (box) sheet.svg.append(rect(box, { class: "hover" }));
});

const stream = new EventSource("/events");
stream.addEventListener("message", async (event) => {
  state = JSON.parse(event.data);
  if (run !== null && run !== state.run) { location.reload(); return; } // another preview, with another token
  run = state.run;
  takePlan(state.plan);
  showMessage();
  showFaults(state);
  if (state.faults.length && document.body.dataset.told !== "1") openTab("tab-findings");
  document.body.dataset.told = state.faults.length ? "1" : "";
  showFindings(state, lead);
  showThumbnails();
  const { phase } = state;
  await desk.show(state.pages);
  showChosen();
  document.body.dataset.shown = phase; // with all that belongs to it
});
stream.addEventListener("error", () => {
  document.body.dataset.phase = "gone";
  $("message").textContent = say("gone");
});
