// What is worked on, and what is shown of it.

import { find, make } from "./dom.js";
import { explained } from "./keys.js";
import { List } from "./list.js";
import { showPlace } from "./place.js";
import { describe, makeRow, nameOf } from "./row.js";
import { Rows, kindNames } from "./rows.js";
import { nameLanguage, say } from "./words.js";

export const rows = new Rows();
export const current = { position: 0, side: "source", sentence: 0 };
// What the server says besides the rows, and the row that is to be paired with another.
export const work = { state: {}, picked: null };

export const element = find("list");
export const list = new List(element, (row, position) =>
  makeRow(row, {
    at: rows.shown[position],
    position,
    languages: work.state.languages,
    wanted: rows.wanted.toLowerCase(),
    current: position === current.position ? current : null,
    picked: row === work.picked,
  }),
);

export const at = () => rows.shown[current.position];
export const row = () => rows.rows[at()];

export function showAll() {
  const focused = isFocused();
  current.position = Math.max(0, Math.min(current.position, rows.shown.length - 1));
  settleSentence();
  element.ariaRowCount = rows.shown.length;
  list.show(rows.shown.map((number) => rows.rows[number]));
  find("none").hidden = rows.shown.length > 0;
  find("count").textContent = say("count", { n: rows.shown.length });
  if (focused) focusRow();
  showState();
  showPlace(at(), work.state.languages);
}

function showState() {
  const all = rows.rows.length;
  find("progress").max = all || 1;
  find("progress").value = rows.checked;
  find("checked").textContent = say("checked", { done: rows.checked, all });
  for (const name of ["undo", "redo"]) {
    const button = find(name);
    button.disabled = !work.state[name];
    button.title = work.state[name] ? say(`${name}-of`, { what: nameOf(work.state[name]) }) : say(name);
  }
  tellTrouble(work.state.trouble);
}

export function showHeads() {
  const title = work.state.document || work.state.file;
  document.title = `${title} · aligner`;
  find("document").textContent = title;
  find("file").textContent = say("kept-in", { file: work.state.file });
  find("source-head").textContent = nameLanguage(work.state.languages[0]);
  find("target-head").textContent = nameLanguage(work.state.languages[1]);
  find("language").textContent = say("language");
  find("language").ariaLabel = find("language").title = say("language-label");
  fillChoice("show", kindNames.map((kind) => [kind, `show-${kind}`]), rows.kind);
  const orders = [["text", "order-text"], ["confidence", "order-confidence"]];
  fillChoice("order", orders, rows.byConfidence ? "confidence" : "text");
  find("formats").replaceChildren(
    ...work.state.formats.map((form) => make("li", {}, make("button", { type: "button", "data-form": form }, form.toUpperCase()))),
  );
  find("key-table").replaceChildren(
    make(
      "dl",
      {},
      ...explained().map(([word, names]) =>
        make("div", {}, make("dt", {}, ...names.map((name) => make("kbd", {}, name))), make("dd", {}, say(word))),
      ),
    ),
  );
}

function fillChoice(id, choices, chosen) {
  find(id).replaceChildren(...choices.map(([value, word]) => make("option", { value }, say(word, { doubtful: work.state.doubtful }))));
  find(id).value = chosen;
}

export function announce(...sentences) {
  find("live").textContent = sentences.join(" ");
}

export function tellTrouble(text) {
  find("trouble").hidden = !text;
  find("trouble").textContent = text || "";
}

// The chosen sentence must be one that the row has.
function settleSentence() {
  const here = row();
  if (!here) return;
  if (!here[current.side].length) current.side = current.side === "source" ? "target" : "source";
  current.sentence = Math.min(current.sentence, here[current.side].length - 1);
}

export function goTo(position, side = "source", sentence = 0) {
  const focused = isFocused();
  const old = current.position;
  current.position = Math.max(0, Math.min(position, rows.shown.length - 1));
  current.side = side;
  current.sentence = sentence;
  settleSentence();
  if (old !== current.position) {
    list.renew(old);
    showPlace(at(), work.state.languages);
  }
  list.renew(current.position);
  if (focused) focusRow();
}

// Whether the keys are meant for the rows, and not for a field that was gone to meanwhile.
export function isFocused() {
  const focus = document.activeElement;
  return focus === document.body || element.contains(focus);
}

export function focusRow() {
  (list.reveal(current.position) ?? element).focus({ preventScroll: true });
}

export function chooseSentence(step) {
  const here = row();
  if (!here) return;
  const all = ["source", "target"].flatMap((side) => here[side].map((_, k) => [side, k]));
  const now = all.findIndex(([side, k]) => side === current.side && k === current.sentence);
  const [side, sentence] = all[Math.max(0, Math.min(now + step, all.length - 1))];
  goTo(current.position, side, sentence);
  announce(describe(side, sentence, here[side].length));
}

// Show other rows, or the same ones in another order; one stays where one is, if one can.
export function arrange(change) {
  const kept = at();
  const wasByConfidence = rows.byConfidence;
  change();
  rows.arrange();
  const leastCertain = rows.byConfidence && !wasByConfidence;
  current.position = leastCertain ? 0 : Math.max(0, rows.shown.indexOf(kept));
  showAll();
  list.reveal(current.position);
  announce(say("count", { n: rows.shown.length }));
}

// What is announced to those who listen is shown to those who look.
let fading = 0;
export function flash(text) {
  find("live").classList.add("shown");
  clearTimeout(fading);
  fading = setTimeout(() => find("live").classList.remove("shown"), 4000);
  find("live").textContent = text;
}
