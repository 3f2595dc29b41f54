// The keyboard: every tool has a key.

import { $, make } from "./dom.js";
import { say } from "./words.js";

const LIST = [
  [["0", "w"], "key_fit"], [["+", "−"], "key_zoom"], [["1", "2", "4", "8"], "key_scales"], [["[", "]"], "key_pages"],
  [["↑", "↓", "←", "→"], "key_move"], [["g", "f", "p"], "key_layers"], [["m", "i"], "key_tools"], [["Ctrl+Z"], "key_undo"], [["Esc"], "key_escape"],
];

export function setUpKeys(actions) {
  const dialog = $("keys");
  dialog.querySelector("dl").append(...LIST.flatMap(([keys, word]) => [
    make("dt", {}, ...keys.flatMap((key) => [make("kbd", {}, key), " "])), make("dd", {}, say(word))]));
  dialog.querySelector("button").addEventListener("click", () => dialog.close());
  $("help").addEventListener("click", () => dialog.showModal());
  addEventListener("keydown", (event) => {
    if (event.target.closest("input:not([type=checkbox]), select, textarea, dialog")) return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z") {
      event.preventDefault();
      return actions.undo();
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === " " && event.target.closest("#desk")) {
      event.preventDefault();
      return actions.hold(true);
    }
    if (event.key === "?") return dialog.showModal();
    const action = actions[event.key];
    if (action && !(event.key.startsWith("Arrow") && event.target.closest("[role=tab]"))) {
      event.preventDefault();
      action();
    }
  });
  addEventListener("keyup", (event) => { if (event.key === " ") actions.hold(false); });
}
