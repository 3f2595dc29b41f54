// What was clicked: where it stands, what it is made of, where each part of that is written.

import { $, button, make, toast } from "./dom.js";
import { pictureEdits } from "./edits.js";
import { under } from "./layers.js";
import { openTab } from "./panels.js";
import { placeOf } from "./places.js";
import { lengths, say } from "./words.js";

const OF_TYPE = ["face", "weight", "size", "leading", "tracking", "align", "ink"];
const WORD_OF = { ink: "ink_of" };

export class Inspector {
  constructor(desk, changed) {
    this.desk = desk;
    this.changed = changed; // called when something else is selected
    this.selected = null; // { number, name, box, key, line }
    this.known = null; // the inspection of which the selected thing is shown
    $("pick").addEventListener("change", () => this.pick($("pick").value));
  }

  // Selects what is under a point of a sheet.
  click(sheet, { x, y }) {
    if (!sheet.inspection) return toast(say("not_inspected"));
    const { elements, line } = under(sheet.inspection, x, y);
    if (!elements.length && !line) return this.clear();
    this.select(sheet, elements, line);
  }

  select(sheet, elements, line) {
    const first = elements[0];
    this.selected = { number: sheet.number, key: first?.key || null, name: first?.name, box: first?.box ?? line.box, elements, line, flow: line?.flow ?? null };
    $("pick").value = first?.key ?? "";
    openTab("tab-inspect");
    this.show();
    this.changed();
  }

  clear() {
    this.selected = null;
    $("pick").value = "";
    $("inspector").replaceChildren();
    this.changed();
  }

  pick(key) {
    const sheet = this.desk.sheets.find((each) => each.inspection?.elements.some((element) => element.key === key));
    const element = sheet?.inspection.elements.find((each) => each.key === key);
    if (!element) return this.clear();
    const { x, y, width, height } = element.box;
    const around = under(sheet.inspection, x + width / 2, y + height / 2).elements.filter((each) => each !== element);
    this.select(sheet, [element, ...around.filter((each) => each.box.width * each.box.height >= width * height)], sheet.inspection.lines.find((line) => line.frame === key) ?? null);
    this.desk.reveal(sheet.number, element.box);
  }

  // After a page was set anew: the same thing is selected, if it is still there.
  refresh() {
    this.options();
    if (!this.selected) return;
    const sheet = this.desk.sheets.find((each) => each.number === this.selected.number);
    const held = document.activeElement, written = held.matches("#inspector input");
    if (!sheet?.inspection || sheet.inspection === this.known || written) return; // what is being typed stays
    const { key, name, box, flow } = this.selected;
    const near = (each) => Math.abs(each.box.x - box.x) + Math.abs(each.box.y - box.y);
    const same = sheet.inspection.elements.filter((each) => (key ? each.key === key : each.name === name)).sort((one, other) => near(one) - near(other))[0];
    if (!same) return this.clear();
    const { x, y, width, height } = same.box;
    const around = under(sheet.inspection, x + width / 2, y + height / 2).elements.filter((each) => each !== same && each.box.width * each.box.height >= width * height);
    this.selected = { ...this.selected, box: same.box, elements: [same, ...around], line: sheet.inspection.lines.find((line) => line.flow === flow && line.frame === same.key) ?? null };
    const partner = $("swap-with")?.value;
    this.show();
    if ([...$("swap-with")?.options ?? []].some((each) => each.value === partner)) $("swap-with").value = partner;
    if (held.id && held !== document.activeElement) $(held.id)?.focus(); // the new button of the same name
  }

  options() {
    const groups = this.desk.sheets.filter((sheet) => sheet.inspection).flatMap((sheet) => {
      const { frames, pictures } = sheet.inspection;
      const option = (key, words) => make("option", { value: key }, words);
      return [make("optgroup", { label: say("page", sheet.number) },
        ...pictures.map((each) => option(each.id, `${say("picture")} ${each.picture}`)),
        ...frames.map((each) => option(each.id, `${each.chain.split(" ")[0]}${each.of > 1 ? ` ${each.number}/${each.of}` : ""}`)))];
    });
    const now = this.selected?.key ?? "";
    $("pick").replaceChildren(make("option", { value: "" }, say("pick_none")), ...groups);
    $("pick").value = now;
  }

  show() {
    const { elements, line, number, box } = this.selected;
    const sheet = this.desk.sheets.find((each) => each.number === number), page = this.known = sheet.inspection, first = elements[0];
    const frame = page.frames.find((each) => each.id === first?.key) ?? page.frames.find((each) => each.id === line?.frame);
    const picture = page.pictures.find((each) => each.id === first?.key);
    const em = frame ? Number(frame.values.find((each) => each.name === "size")?.value) : 0;
    $("inspector").replaceChildren(
      make("h2", { id: "selected" }, picture ? `${say("picture")} ${picture.picture}` : frame ? frame.chain.split(" ").join(" → ") : first?.name ?? ""),
      make("dl", { id: "measures" },
        make("dt", {}, say("where")), make("dd", {}, `x ${lengths(box.x, 0)}`, make("br"), `y ${lengths(box.y, 0)}`),
        make("dt", {}, say("size_of")), make("dd", {}, `↔ ${lengths(box.width, em)}`, make("br"), `↕ ${lengths(box.height, em)}`),
        ...(frame ? [make("dt", {}, say("type")), make("dd", {}, `${frame.of > 1 ? `${say("frame_of", frame.number, frame.of)} · ` : ""}${say("filled", frame.lines, frame.room)}`)] : [])),
      ...(picture ? pictureEdits(sheet, picture) : []),
      make("h3", {}, say("written")), written(first, line, frame, picture, page.templates),
      ...(frame ? typeOf(frame) : []),
      ...(first?.rules.length || first?.style ? [make("h3", {}, say("rules")), rules(first)] : []),
      make("h3", {}, say("elements")), this.chain(sheet, elements, line),
    );
  }

  chain(sheet, elements, line) {
    return make("ol", { id: "elements" }, ...elements.map((each, at) => make("li", {},
      at ? button(each.name, () => this.select(sheet, elements.slice(at), line), { class: "spot" }) : make("b", {}, each.name))));
  }
}

function written(element, line, frame, picture, templates) {
  const list = make("dl", { id: "written" });
  const add = (words, place) => { if (place) list.append(make("dt", {}, words), make("dd", {}, placeOf(place))); };
  add(say("manuscript_line"), line?.place ?? frame?.place);
  add(say("plan_line"), picture?.place);
  add(say("template_line"), element?.place);
  for (const call of element?.calls ?? []) {
    list.append(make("dt", {}, say("component")), make("dd", {}, `${call.component} · ${call.name}()`));
    add(say("called_at", call.name), call.place);
  }
  // A template without parents is the one that the element is of.
  if (templates.length > 1) templates.forEach((place, at) => add(say(at ? "parent_template" : "page_template"), place));
  return list;
}

// Those that win first: its own style attribute, then rules of the style sheets.
function rules(element) {
  const row = (words, place) => [make("dt", {}, make("code", {}, words)), make("dd", {}, placeOf(place))];
  const own = element.style && element.place ? row(`style="${element.style}"`, element.place) : [];
  return make("dl", { id: "rules" }, ...own, ...element.rules.toReversed().flatMap((rule) => row(rule.selector, rule.place)));
}

function typeOf(frame) {
  const value = ({ name, value: words, place }, title) => [
    make("dt", {}, title), make("dd", {}, name === "tracking" ? `${words} em` : ["size", "leading"].includes(name) ? `${words} pt` : words,
      place ? placeOf(place) : make("span", { class: "check" }, ` ${say("default")}`))];
  const own = frame.values.filter((each) => OF_TYPE.includes(each.name)), options = frame.values.filter((each) => !OF_TYPE.includes(each.name));
  return [
    make("h3", {}, say("type")), make("dl", { id: "type" }, ...own.flatMap((each) => value(each, say(WORD_OF[each.name] ?? each.name)))),
    ...(options.length ? [make("h3", {}, say("options")), make("dl", { id: "options" }, ...options.flatMap((each) => value(each, each.name)))] : []),
  ];
}
