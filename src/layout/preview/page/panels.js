// The panels at the side: faults, findings, and what gave way.

import { $, button, make } from "./dom.js";
import { excerptOf, placeOf } from "./places.js";
import { round, say } from "./words.js";

export function setUpTabs() {
  const tabs = [...document.querySelectorAll("[role=tab]")];
  for (const tab of tabs) {
    tab.addEventListener("click", () => openTab(tab.id));
    tab.addEventListener("keydown", (event) => {
      const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!by) return;
      event.preventDefault();
      const next = tabs[(tabs.indexOf(tab) + by + tabs.length) % tabs.length];
      openTab(next.id);
      next.focus();
    });
  }
}

export function openTab(id) {
  for (const tab of document.querySelectorAll("[role=tab]")) {
    const own = tab.id === id;
    tab.setAttribute("aria-selected", own);
    tab.tabIndex = own ? 0 : -1;
    $(tab.getAttribute("aria-controls")).hidden = !own;
  }
}

// What is shown as it is stays: lines that were opened are not closed by every step of a build.
const known = new Map();
function same(what, ...content) {
  const now = JSON.stringify(content);
  if (known.get(what) === now) return true;
  known.set(what, now);
  return false;
}

export function showFaults(state) {
  $("kept").hidden = !state.pages.length;
  $("faults").classList.toggle("old", state.phase === "setting"); // it is being tried again
  if (same("faults", state.faults)) return;
  const list = $("faults").querySelector("ol");
  list.replaceChildren(...state.faults.map((fault) => make("li", {},
    fault.place ? placeOf(fault.place) : null,
    make("p", { class: "sentence" }, fault.sentence),
    fault.excerpt.length ? excerptOf(fault.excerpt) : null,
    fault.hint ? make("p", { class: "hint" }, fault.hint) : null)));
  if (!$("faults").hidden === !state.faults.length) $("faults").hidden = !state.faults.length;
}

// *lead* is called with a finding whose spot is to be shown.
export function showFindings(state, lead) {
  const old = state.faults.length > 0 && state.findings.length > 0;
  $("findings").classList.toggle("old", old);
  $("stale").hidden = !old;
  $("none").hidden = state.findings.length > 0 || state.phase !== "good";
  $("count").textContent = state.faults.length || state.findings.length || "";
  if (same("findings", state.findings)) return;
  $("findings").querySelector("ol").replaceChildren(...state.findings.map((finding) => {
    const where = [say(finding.severity), finding.page ? say("page", finding.page) : ""].filter(Boolean).join(" · ");
    const words = button(finding.message, () => lead(finding), { class: "spot" });
    const places = [...new Set([finding.place, ...finding.template].filter((place) => place?.includes(":")))];
    return make("li", { "data-severity": finding.severity, "data-check": finding.check },
      make("p", { class: "check" }, `${where} · ${finding.check}`), words,
      finding.hint ? make("p", { class: "hint" }, finding.hint) : null, ...places.map(placeOf));
  }));
}

// What gave way on the page, the other ways to make it, and what would fill it. *choose* writes a choice into issue.toml.
export function showChoices(report, pinned, choose) {
  const panel = $("panel-choices");
  if (same("choices", report, pinned)) return;
  panel.replaceChildren();
  if (!report) return;
  panel.append(make("h2", {}, `${say("page", report.number)} · ${say("changes")}`));
  panel.append(report.changes.length ? make("ol", { id: "changes" }, ...report.changes.map(change)) : make("p", {}, say("no_changes")));
  if (report.suggestions.length) {
    panel.append(make("h2", {}, say("suggestions")), make("ol", {}, ...report.suggestions.map((each) => make("li", {}, each.what))));
  }
  if (report.arrangement) panel.append(...arrangements(report, choose));
  else if (report.variants.length) panel.append(...variants(report, pinned, choose));
}

function change(each) {
  return make("li", {}, make("p", {}, each.words), make("p", { class: "check" }, say("cost", round(each.cost))));
}

function variants(report, pinned, choose) {
  const several = report.variants.length > 1;
  const items = report.variants.map((each) => make("li", {},
    make("p", { class: each.chosen ? "chosen" : "" }, `${each.name} · ${each.refused || say("cost", round(each.cost))}${each.chosen ? ` · ${say("chosen")}` : ""}`),
    each.why ? make("p", {}, each.why) : null,
    make("p", { class: "check" }, Object.entries(each.kinds).map(([kind, cost]) => `${say(`price_${kind}`)} ${round(cost)}`).join(say("between"))),
    several && !each.chosen && !each.refused ? button(say("choose"), () => choose({ kind: "variant", page: report.number, name: each.name.split(" ")[0] })) : null));
  return [make("h2", {}, say("variants")), make("ol", { id: "variants" }, ...items),
    ...(several || pinned ? [button(say("choose_cheapest"), () => choose({ kind: "variant", page: report.number, name: null }))] : [])];
}

function arrangements(report, choose) {
  const { chosen, others, gave_way: gave } = report.arrangement;
  const item = (each, own) => make("li", {},
    make("p", { class: own ? "chosen" : "" }, `${say("cost", round(each.cost))}${own ? ` · ${say("chosen")}` : ""}`),
    make("code", {}, each.words), each.why ? make("p", {}, each.why) : null,
    own ? null : button(say("choose"), () => choose({ kind: "arrangement", page: report.number, words: each.words })));
  return [make("h2", {}, say("arrangements")), ...gave.map((words) => make("p", {}, words)),
    make("ol", { id: "arrangements" }, item(chosen, true), ...others.map((each) => item(each, false)))];
}
