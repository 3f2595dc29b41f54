// The words of the page, in its language.

let words = {};

export async function loadWords() {
  words = await (await fetch("/words.json")).json();
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = say(element.dataset.word);
  for (const element of document.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", say(element.dataset.label));
    if (element.tagName === "BUTTON") element.title = say(element.dataset.label);
  }
  document.title = say("title");
}

export function say(key, ...values) {
  let at = 0;
  return (words[key] ?? key).replace(/\{\}/g, () => values[at++] ?? "");
}

const MM = 72 / 25.4;
export const round = (value, digits = 1) => String(Number(value.toFixed(digits)));
export const mm = (points) => round(points / MM, 2);
export const pt = (points) => round(points, 2);

// A length in the three measures of the trade; em is the size of type that 字 stands for.
export function lengths(points, em) {
  const of = `${mm(points)} mm · ${pt(points)} pt`;
  return em ? `${of} · ${round(points / em, 2)} ${say("em")}` : of;
}
