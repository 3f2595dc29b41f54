"use strict";
// Shows the state that the server streams. Everything that comes from files is set as text, never as markup.

const WORDS = {
  zh: {
    fit: "适合宽度", grid: "基线网格", frames: "版框", faults: "排不下去", findings: "检查结果", page: "第{}版",
    kept: "画面仍是上一次排好的版面。改好存盘，会自动重排。", setting: "正在排版", good: "已更新 {}", fault: "有错误，画面是 {} 的",
    nothing: "有错误，还没有排好的版面", gone: "预览已停止；重新运行 layout preview 即可", picture: "{} 版面",
  },
  en: {
    fit: "Fit width", grid: "Baseline grid", frames: "Frames", faults: "Cannot be set", findings: "Findings", page: "Page {}",
    kept: "The page shown is the last good one. Mend it and save: it is set again at once.", setting: "Setting", good: "Updated {}",
    fault: "At fault; the page is of {}", nothing: "At fault; no page has been set yet",
    gone: "The preview has stopped; run layout preview again", picture: "{}",
  },
};
const words = WORDS[document.documentElement.lang] || WORDS.zh;
const say = (key, what) => words[key].replace("{}", what ?? "");
const $ = (id) => document.getElementById(id);
const CSS_PX_PER_PT = 96 / 72;

let state = null;
let chosen = 0;
let zoom = "fit";
let shownEdition = "";

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

function drawn(tag, attributes, text) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (text) element.textContent = text;
  return element;
}

function showMessage() {
  document.body.dataset.phase = state.phase;
  const progress = state.total > 1 ? ` ${state.done}/${state.total}` : "";
  const texts = {
    setting: say("setting") + (state.stage ? `：${state.stage}${progress}` : " …"),
    good: say("good", state.updated),
    fault: state.edition ? say("fault", state.updated) : say("nothing"),
  };
  $("message").textContent = texts[state.phase];
}

function showPages() {
  chosen = Math.min(chosen, Math.max(0, state.pages.length - 1));
  $("pages").replaceChildren(...(state.pages.length < 2 ? [] : state.pages.map((page, index) => {
    const name = say("page", page.number ?? index + 1) + (page.title ? ` ${page.title}` : "");
    const button = make("button", { type: "button", "aria-pressed": index === chosen }, name);
    button.addEventListener("click", () => choose(index));
    return button;
  })));
}

function choose(index) {
  chosen = index;
  showPages();
  showPicture();
}

function showPicture() {
  const page = state.pages[chosen];
  const wanted = `${state.edition}/${chosen}`;
  if (!page || wanted === shownEdition) return;
  shownEdition = wanted;
  const next = new Image();
  // Swapped in only once it is whole: the old page stays until then, and the place scrolled to as well.
  next.addEventListener("load", () => {
    if (wanted !== shownEdition) return;
    const picture = $("picture");
    picture.src = next.src;
    picture.alt = say("picture", page.title ?? "");
    picture.dataset.edition = state.edition;
    $("sheet").hidden = false;
    size();
    showOverlay();
  });
  next.src = `/picture/${wanted}.png`;
}

function size() {
  const page = state && state.pages[chosen];
  if (!page) return;
  const sheet = $("sheet");
  sheet.style.aspectRatio = `${page.width} / ${page.height}`;
  sheet.style.width = zoom === "fit" ? "100%" : `${page.width * CSS_PX_PER_PT * zoom}px`;
  for (const button of document.querySelectorAll("[data-zoom]")) button.setAttribute("aria-pressed", button.dataset.zoom === zoom);
}

function showOverlay() {
  const page = state && state.pages[chosen];
  const overlay = $("overlay");
  overlay.replaceChildren();
  if (!page) return;
  overlay.setAttribute("viewBox", `0 0 ${page.width} ${page.height}`);
  const area = page.type_area;
  if ($("grid").checked && area && page.row > 0) {
    overlay.append(drawn("rect", { class: "area", x: area.x, y: area.y, width: area.width, height: area.height }));
    for (let y = area.y; y <= area.y + area.height + 0.01; y += page.row) {
      overlay.append(drawn("line", { x1: area.x, x2: area.x + area.width, y1: y, y2: y }));
    }
  }
  if ($("frames").checked) {
    for (const frame of page.frames ?? []) {
      overlay.append(
        drawn("rect", { x: frame.x, y: frame.y, width: frame.width, height: frame.height }),
        drawn("text", { x: frame.x + 1, y: frame.y + 5 }, frame.flow),
      );
    }
  }
}

function excerptOf(fault) {
  return make("pre", {}, ...fault.excerpt.map((line) => {
    const row = make("span", line.here ? { class: "here" } : {}, make("b", {}, `${String(line.number).padStart(4)}  `));
    const at = line.mark;
    if (at === null) row.append(line.text);
    else row.append(line.text.slice(0, at), make("mark", {}, line.text.slice(at, at + 1)), line.text.slice(at + 1));
    return row;
  }));
}

function showFaults() {
  $("faults").hidden = !state.faults.length;
  $("kept").hidden = !state.edition;
  $("faults").querySelector("ol").replaceChildren(...state.faults.map((fault) => {
    const item = make("li");
    if (fault.place) item.append(make("p", { class: "place" }, fault.place));
    item.append(make("p", { class: "sentence" }, fault.sentence));
    if (fault.excerpt.length) item.append(excerptOf(fault));
    if (fault.hint) item.append(make("p", { class: "hint" }, fault.hint));
    return item;
  }));
}

function showFindings() {
  $("findings").hidden = !state.findings.length;
  $("findings").querySelector("ol").replaceChildren(...state.findings.map((finding) => {
    const where = [finding.page ? say("page", finding.page) : "", finding.place ?? ""].filter(Boolean).join(" · ");
    const item = make("li", { "data-severity": finding.severity });
    item.append(make("p", { class: "check" }, `${finding.check}${where ? ` · ${where}` : ""}`), make("p", {}, finding.message));
    if (finding.hint) item.append(make("p", { class: "hint" }, finding.hint));
    const index = state.pages.findIndex((page) => page.number === finding.page);
    if (index >= 0) item.addEventListener("click", () => choose(index));
    return item;
  }));
  $("side").hidden = !state.findings.length && !state.faults.length;
}

function setZoom(wanted) {
  zoom = wanted;
  size();
}

for (const element of document.querySelectorAll("[data-word]")) element.textContent = say(element.dataset.word);
for (const button of document.querySelectorAll("[data-zoom]")) button.addEventListener("click", () => setZoom(button.dataset.zoom));
for (const id of ["grid", "frames"]) $(id).addEventListener("change", showOverlay);

const stream = new EventSource("/events");
stream.addEventListener("open", () => { shownEdition = ""; }); // perhaps another preview, which counts from 1 again
stream.addEventListener("message", (event) => {
  state = JSON.parse(event.data);
  showMessage();
  showPages();
  showPicture();
  showFaults();
  showFindings();
  size();
});
stream.addEventListener("error", () => {
  document.body.dataset.phase = "gone";
  $("message").textContent = say("gone");
});
