// Making and finding elements. What comes from files is set as text, never as markup.

export const $ = (id) => document.getElementById(id);

export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

export function button(text, pressed, attributes = {}) {
  const element = make("button", { type: "button", ...attributes }, text);
  element.addEventListener("click", pressed);
  return element;
}

export function drawn(tag, attributes = {}, text = "") {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (text) element.textContent = text;
  return element;
}

export const rect = (box, attributes = {}) =>
  drawn("rect", { x: box.x, y: box.y, width: box.width, height: box.height, ...attributes });

export const inside = (box, x, y) => x >= box.x && y >= box.y && x <= box.x + box.width && y <= box.y + box.height;

let timer = 0;
export function toast(text) {
  $("toast").textContent = text;
  clearTimeout(timer);
  timer = setTimeout(() => { $("toast").textContent = ""; }, 6000);
}
