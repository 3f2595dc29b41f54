// Places in files: a button that shows the lines there and leads to the editor.

import { button, make } from "./dom.js";
import { say } from "./words.js";

export function excerptOf(rows) {
  return make("pre", {}, ...rows.map((line) => {
    const row = make("span", line.here ? { class: "here" } : {}, make("b", {}, `${String(line.number).padStart(4)}  `));
    const at = line.mark;
    if (at === null) row.append(line.text);
    else row.append(line.text.slice(0, at), make("mark", {}, line.text.slice(at, at + 1)), line.text.slice(at + 1));
    return row;
  }));
}

const ask = async (place) => {
  const answer = await fetch(`/place?at=${encodeURIComponent(place)}`).catch(() => null);
  if (!answer) return { gone: true };
  return answer.ok ? answer.json() : null;
};

// A place as a button: pressed once it shows its lines below, with a link that opens them; pressed again it hides them.
export function placeOf(place) {
  const more = make("div", { hidden: true });
  const opener = button(place, async () => {
    if (more.hidden && !more.childElementCount) more.replaceChildren(...shown(await ask(place)));
    more.hidden = !more.hidden;
    opener.setAttribute("aria-expanded", !more.hidden);
  }, { class: "place", "aria-expanded": "false" });
  return make("div", { class: "at" }, opener, more);
}

function shown(found) {
  if (!found || found.gone) return [make("p", {}, say(found ? "gone" : "no_lines"))];
  const link = found.link ? linkTo(found) : null;
  return [...(link ? [link] : []), ...(found.excerpt.length ? [excerptOf(found.excerpt)] : [])];
}

// In a window of its own, which the browser closes at once: a link that this one followed could break off its stream.
const linkTo = (found) => make("a", { href: found.link, target: "_blank", rel: "noopener" }, say("open_in_editor"));

export async function openPlace(place) {
  const found = await ask(place);
  if (found?.link) linkTo(found).click();
}
