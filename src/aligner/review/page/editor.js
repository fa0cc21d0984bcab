// Editing one sentence in its row, and finding the place to split it.

import { make } from "./dom.js";
import { say } from "./words.js";

// Put a text field in place of a sentence. `done` is called once, with the text and, where the
// sentence is to be split, the place, in characters; with nothing where it is left as it was.
export function openEditor(paragraph, text, done) {
  const field = make("textarea", {
    class: "editor",
    dir: "auto",
    rows: 1,
    "aria-label": say("text"),
    "aria-describedby": "text-hint",
    spellcheck: true,
  });
  const hint = make("p", { class: "hint", id: "text-hint" }, say("text-hint"));
  let open = true;
  const finish = (...result) => {
    if (!open) return;
    open = false;
    done(...result);
  };
  const fit = () => {
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight + 2}px`;
  };
  field.value = text;
  field.addEventListener("input", fit);
  field.addEventListener("blur", () => finish(field.value));
  field.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.isComposing) return;
    if (event.key === "Escape") finish();
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey))
      finish(field.value, characters(field.value.slice(0, field.selectionStart)));
    else if (event.key === "Enter") finish(field.value);
    else return;
    event.preventDefault();
  });
  paragraph.replaceWith(field, hint);
  fit();
  field.focus();
  field.setSelectionRange(0, 0);
}

// The server tidies white space, and counts characters, not halves of them.
function characters(before) {
  return [...before.replace(/\s+/g, " ").trimStart()].length;
}
