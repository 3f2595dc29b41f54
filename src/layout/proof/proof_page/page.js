"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const $ = (id) => document.getElementById(id);
  const say = (key, ...more) => more.reduce((text, each) => text.replace("{}", each), data.words[key]);
  const kinds = Object.fromEntries(data.kinds.map((kind) => [kind.id, kind]));
  const store = `layout-proof:${data.issue}:${data.round}:${data.pdf}`;
  let marks = remembered(), unsaved = false, target = null;

  // Places in a text count characters, as Python does: some take two of a JavaScript string's units.
  const cut = (text, start, end) => Array.from(text).slice(start, end).join("");

  // Paragraphs are [flow, number, place, text, lines, name]; lines [page, x, y, width, height, start, end, digest, upright].
  const paragraphs = data.paragraphs.map(([flow, number, place, text, lines, name]) => ({
    flow, number, place, text, name, chars: Array.from(text), story: flow.split(".")[0],
    lines: lines.map(([page, x, y, w, h, start, end, digest, upright]) => ({ page, x, y, w, h, start, end, digest, upright })),
  }));

  function remembered() {
    // A telephone's mail program may give a file no storage.
    try { return JSON.parse(localStorage.getItem(store) || "[]"); } catch { return []; }
  }

  function remember() {
    unsaved = marks.length > 0;
    try { localStorage.setItem(store, JSON.stringify(marks)); } catch { /* the download is what counts */ }
    draw();
  }

  function part(line, start, end) {
    const long = Math.max(line.end - line.start, 1);
    const [first, last] = [start, end].map((at) => Math.min(Math.max(at - line.start, 0), long) / long);
    return line.upright
      ? { x: line.x, y: line.y + first * line.h, width: line.w, height: (last - first) * line.h }
      : { x: line.x + first * line.w, y: line.y, width: (last - first) * line.w, height: line.h };
  }

  function boxes(paragraph, start, end) {
    if (start === end) {
      const line = paragraph.lines.find((each) => each.start < start && start <= each.end) || paragraph.lines[0];
      return [{ page: line.page, ...part(line, start, start) }];
    }
    return paragraph.lines.filter((line) => start < line.end && end > line.start)
      .map((line) => ({ page: line.page, ...part(line, start, end) }));
  }

  const found = (mark) => paragraphs.find((each) => each.flow === mark.flow && each.number === mark.paragraph && each.text === mark.copy);

  function places(mark) {
    const paragraph = mark.copy && found(mark);
    return paragraph ? boxes(paragraph, mark.start, mark.end) : [{ page: mark.page, ...mark.box }];
  }

  const quote = (mark) => cut(mark.copy || "", mark.start, mark.end);

  function words(mark) {
    const kind = kinds[mark.kind];
    const point = mark.kind === "insert" ? say("behind", cut(mark.copy, Math.max(mark.start - 6, 0), mark.start)) : "";
    const about = point || quote(mark) || (mark.picture ? say("picture", mark.picture) : say("spot"));
    return { kind: kind.name, about, text: mark.text };
  }

  function element(name, className, text) {
    const made = document.createElement(name);
    made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function draw() {
    document.querySelectorAll(".box.typed").forEach((each) => each.remove());
    document.querySelectorAll(".galley .marked").forEach((each) => each.classList.remove("marked"));
    marks.forEach((mark) => {
      const kind = kinds[mark.kind];
      places(mark).forEach((box, order) => {
        const page = data.pages.find((each) => each.number === box.page);
        const sheet = page && $(`page-${page.number}`).querySelector(".sheet");
        if (!sheet) return;
        const button = element("button", `box typed ${mark.kind === "insert" ? "point" : mark.kind}`);
        const share = { left: box.x / page.width, top: box.y / page.height, width: box.width / page.width, height: box.height / page.height };
        Object.entries(share).forEach(([side, value]) => { button.style[side] = `${100 * value}%`; });
        if (!order) button.append(element("i", "", mark.text ? `${kind.name}：${mark.text}` : kind.name));
        button.title = `${kind.name} ${quote(mark)} ${mark.text} ${mark.note}`.trim();
        button.addEventListener("click", (event) => { event.stopPropagation(); edit(mark); });
        sheet.append(button);
      });
      const paragraph = mark.copy ? paragraphs.indexOf(found(mark)) : -1;
      document.querySelectorAll(`.galley li[id^="line-${paragraph}-"]`).forEach((row) => {
        const { line } = lineOf(row);
        if (mark.start < line.end && Math.max(mark.end, mark.start + 1) > line.start) row.querySelector(".words").classList.add("marked");
      });
    });
    list();
  }

  function list() {
    const box = $("list");
    box.replaceChildren();
    box.append(element("p", "", marks.length ? say("count", marks.length) : say("none")));
    data.kinds.forEach((kind) => {
      const of_kind = marks.filter((mark) => mark.kind === kind.id);
      if (!of_kind.length) return;
      box.append(element("h3", "", `${kind.name} ${of_kind.length}`));
      of_kind.forEach((mark) => {
        const row = element("div", "typed-row"), shown = words(mark);
        row.tabIndex = 0;
        row.append(element("span", "", `${shown.about}${shown.text ? ` → ${shown.text}` : ""}`));
        row.append(element("span", "place", `　${say("page", mark.page)} ${mark.place} ${mark.note} ${mark.by}`));
        row.addEventListener("click", () => edit(mark));
        row.addEventListener("keydown", (event) => { if (event.key === "Enter") edit(mark); });
        box.append(row);
      });
    });
  }

  function edit(mark) {
    const paragraph = mark.copy ? found(mark) : null;
    open({ page: mark.page, box: mark.box, paragraph, picture: data.pictures.find((each) => each.id === mark.picture && each.page === mark.page), mark,
      start: mark.start, end: mark.end });
    if (mark.kind === "insert") { choose(Math.max(mark.start - 1, 0), mark.start); }
    pick(mark.kind);
    $("text").value = mark.text;
    $("note").value = mark.note;
    $("by").value = mark.by;
  }

  function open(next) {
    target = { start: 0, end: 0, mark: null, paragraph: null, picture: null, kind: "", ...next };
    const { paragraph, picture } = target;
    const about = paragraph ? `${paragraph.name} · ${paragraph.place}` : picture ? `${say("picture", picture.id)} · ${picture.place}` : say("spot");
    $("where").textContent = `${say("page", target.page)} · ${about}`;
    ["chars", "tap", "chosen-row"].forEach((id) => { $(id).hidden = !paragraph; });
    $("chars").replaceChildren(...(paragraph ? paragraph.chars.map((char, at) => {
      const span = element("span", "", char);
      span.dataset.at = at;
      return span;
    }) : []));
    showKinds(paragraph ? ["words", "point", "paragraph", "place"] : picture ? ["picture", "place"] : ["place"]);
    $("text").value = $("note").value = $("wrong").textContent = "";
    try { $("by").value = localStorage.getItem("layout-proof:by") || ""; } catch { /* typed anew */ }
    $("remove").hidden = !target.mark;
    pick("");
    choose(target.start, target.end);
    if (!$("dialog").open) $("dialog").showModal();
    const seen = $("chars").querySelector(".on");
    if (seen) seen.scrollIntoView({ block: "nearest" });
  }

  function showKinds(on) {
    const groups = new Map();
    data.kinds.filter((kind) => on.includes(kind.on)).forEach((kind) => groups.set(kind.group, [...(groups.get(kind.group) || []), kind]));
    $("kinds").replaceChildren(...Array.from(groups, ([group, members]) => {
      const set = element("fieldset", "");
      set.append(element("legend", "", group));
      members.forEach((kind) => {
        const input = element("input", ""), label = element("label", "", kind.name);
        Object.assign(input, { type: "radio", name: "kind", id: `kind-${kind.id}`, value: kind.id });
        label.htmlFor = input.id;
        input.addEventListener("change", () => pick(kind.id));
        set.append(input, label);
      });
      return set;
    }));
  }

  function pick(id) {
    const kind = kinds[id];
    target.kind = id;
    if (id && $(`kind-${id}`)) $(`kind-${id}`).checked = true;
    $("text-row").hidden = !(kind && kind.text);
    $("text-label").textContent = kind && kind.text ? kind.text : "";
    if (!target.paragraph || $("text").value) return;
    const chosen = target.paragraph.chars.slice(target.start, target.end);
    if (id === "swap") $("text").value = (chosen.length === 2 ? chosen.reverse() : chosen).join("");
  }

  function choose(start, end) {
    Object.assign(target, { start, end });
    document.querySelectorAll("#chars span").forEach((span, at) => span.classList.toggle("on", start <= at && at < end));
    if (target.paragraph && document.activeElement !== $("chosen")) $("chosen").value = cut(target.paragraph.text, start, end);
  }

  $("chars").addEventListener("click", (event) => {
    const at = event.target.dataset.at === undefined ? -1 : +event.target.dataset.at;
    if (at < 0) return;
    const single = target.end - target.start === 1 && !target.fresh;
    if (single) choose(Math.min(target.start, at), Math.max(target.end, at + 1)); else choose(at, at + 1);
    target.fresh = single;  // after a range has been chosen the next tap begins another
  });

  $("chosen").addEventListener("input", () => {
    const { text } = target.paragraph, wanted = $("chosen").value, at = text.indexOf(wanted);
    const before = Array.from(text.slice(0, Math.max(at, 0))).length;
    if (wanted && at >= 0) choose(before, before + Array.from(wanted).length); else choose(0, 0);
  });
  $("whole").addEventListener("click", () => choose(0, target.paragraph.chars.length));
  $("cancel").addEventListener("click", () => $("dialog").close());

  function wrong(kind, text) {
    const { paragraph, start, end } = target;
    if (!kind) return say("kind");
    if (paragraph && ["words", "point"].includes(kind.on) && start === end) return say("choose");
    if (kind.text && kind.id !== "replace" && !text) return say("text", kind.text);
    if (paragraph && ["replace", "swap", "everywhere"].includes(kind.id) && text === cut(paragraph.text, start, end)) return say("same");
    const blank = (value) => value.replace(/\s/g, "");
    if (kind.id === "move" && !paragraphs.some((each) => each.story === paragraph.story && blank(each.text).includes(blank(text)))) return say("not_there", text);
    return "";
  }

  $("save").addEventListener("click", () => {
    const kind = kinds[target.kind], text = $("text-row").hidden ? "" : $("text").value.trim();
    const fault = wrong(kind, text);
    $("wrong").textContent = fault;
    if (fault) return;
    const { paragraph, picture, mark } = target;
    let { start, end } = target;
    const made = { id: mark ? mark.id : nextId(), kind: kind.id, page: target.page, box: target.box, text, note: $("note").value.trim(), by: $("by").value.trim() };
    try { localStorage.setItem("layout-proof:by", made.by); } catch { /* typed anew */ }
    if (paragraph) {
      if (kind.on === "paragraph") [start, end] = [0, Math.min(8, paragraph.chars.length)];
      if (kind.on === "point") start = end;
      const [first] = boxes(paragraph, start, end);
      const lines = paragraph.lines.filter((line) => start < line.end && Math.max(end, start + 1) > line.start).map((line) => line.digest);
      Object.assign(made, { page: first.page, box: { x: first.x, y: first.y, width: first.width, height: first.height },
        flow: paragraph.flow, paragraph: paragraph.number, copy: paragraph.text, start, end, place: paragraph.place, lines });
    } else if (picture) Object.assign(made, { picture: picture.id, source: picture.source, look: picture.look, place: picture.place });
    made.place = made.place || "";
    marks = mark ? marks.map((each) => (each === mark ? made : each)) : [...marks, made];
    $("dialog").close();
    remember();
  });

  $("remove").addEventListener("click", () => {
    marks = marks.filter((each) => each !== target.mark);
    $("dialog").close();
    remember();
  });

  const nextId = () => `${data.round}-${Math.max(0, ...marks.map((mark) => +mark.id.split("-").pop() || 0)) + 1}`;

  document.querySelectorAll(".sheet").forEach((sheet) => sheet.addEventListener("click", (event) => {
    if (event.target.closest("a, button")) return;
    const number = +sheet.closest("section").id.split("-")[1], page = data.pages.find((each) => each.number === number), area = sheet.getBoundingClientRect();
    const x = ((event.clientX - area.left) / area.width) * page.width, y = ((event.clientY - area.top) / area.height) * page.height;
    if (x < 0 || x > page.width) return;  // on the page of the round before, beside it
    const box = { x: Math.max(x - 6, 0), y: Math.max(y - 6, 0), width: 12, height: 12 };
    const picture = data.pictures.find((each) => each.page === number && x >= each.x && x <= each.x + each.width && y >= each.y && y <= each.y + each.height);
    let best = null;
    paragraphs.forEach((paragraph) => paragraph.lines.forEach((line) => {
      if (line.page !== number) return;
      const away = Math.hypot(Math.max(line.x - x, 0, x - line.x - line.w), Math.max(line.y - y, 0, y - line.y - line.h));
      if (!best || away < best.away) best = { away, paragraph, line };
    }));
    // As near as the lines of a column are to each other; over a picture only words that stand on it.
    if (best && best.away <= (picture ? 0 : 8)) {
      const along = best.line.upright ? (y - best.line.y) / best.line.h : (x - best.line.x) / best.line.w;
      const at = Math.min(best.line.end - 1, best.line.start + Math.max(Math.floor(along * (best.line.end - best.line.start)), 0));
      open({ page: number, box, paragraph: best.paragraph, start: at, end: at + 1 });
      target.fresh = true;
    } else if (picture) open({ page: number, box: { x: picture.x, y: picture.y, width: picture.width, height: picture.height }, picture });
    else open({ page: number, box });
  }));

  function lineOf(row) {
    const [, at, order] = row.id.split("-");
    return { paragraph: paragraphs[+at], line: paragraphs[+at].lines[+order] };
  }

  function ofLine(row) {
    const { paragraph, line } = lineOf(row);
    open({ page: line.page, box: part(line, line.start, line.end), paragraph, start: line.start, end: line.start });
  }

  document.querySelectorAll(".galley").forEach((galley) => {
    const of = (event) => event.target.closest("li");
    galley.addEventListener("click", (event) => { if (of(event)) ofLine(of(event)); });
    galley.addEventListener("keydown", (event) => { if (event.key === "Enter" && of(event)) ofLine(of(event)); });
  });

  $("show").addEventListener("change", (event) => document.body.classList.toggle(`hide-${event.target.value}`, !event.target.checked));
  $("show").querySelectorAll("input").forEach((input) => document.body.classList.toggle(`hide-${input.value}`, !input.checked));

  const written = () => `${JSON.stringify({ schema: 1, issue: data.issue, round: data.round, marks }, null, 1)}\n`;

  $("download").addEventListener("click", () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([written()], { type: "application/json" }));
    link.download = "marks.json";
    document.body.append(link);
    link.click();
    link.remove();
    unsaved = false;
    $("told").textContent = say("saved", marks.length);
  });

  $("copy").addEventListener("click", () => {
    const done = (key) => { $("told").textContent = say(key); if (key === "copied") unsaved = false; };
    if (!navigator.clipboard) { done("not_copied"); return; }
    navigator.clipboard.writeText(written()).then(() => done("copied"), () => done("not_copied"));
  });

  $("open").addEventListener("change", async (event) => {
    const [file] = event.target.files;
    event.target.value = "";
    if (!file) return;
    let read;
    try { read = JSON.parse(await file.text()); } catch { read = null; }
    if (!read || !Array.isArray(read.marks) || !read.marks.every((mark) => mark && kinds[mark.kind] && mark.box)) { $("told").textContent = say("bad"); return; }
    if (read.issue !== data.issue || read.round !== data.round) { $("told").textContent = say("other", read.issue, read.round); return; }
    const own = new Set(marks.map((mark) => JSON.stringify(mark)));
    const more = read.marks.filter((mark) => !own.has(JSON.stringify(mark)));
    more.forEach((mark) => {
      if (marks.some((each) => each.id === mark.id)) mark.id = nextId();
      marks.push({ text: "", note: "", by: "", place: "", start: 0, end: 0, ...mark });
    });
    remember();
    $("told").textContent = say("opened", more.length);
  });

  window.addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });
  draw();
})();
