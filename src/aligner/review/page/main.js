// The page: what is worked on, what the keys and buttons do, and what is shown of it.

import { find, make } from "./dom.js";
import { openEditor } from "./editor.js";
import { KEYS, commandOf } from "./keys.js";
import { List } from "./list.js";
import { showPlace } from "./place.js";
import { describe, makeRow, nameOf } from "./row.js";
import { Rows, kindNames } from "./rows.js";
import { Refusal, getState, sendStep } from "./server.js";
import { nextTheme, startTheme } from "./theme.js";
import { say, switchLanguage, translatePage } from "./words.js";

const rows = new Rows();
const current = { position: 0, side: "source", sentence: 0 };
let state = {};
let picked = null; // the row that is to be paired with another

const element = find("list");
const list = new List(element, (row, position) =>
  makeRow(row, {
    at: rows.shown[position],
    position,
    languages: state.languages,
    wanted: rows.wanted.toLowerCase(),
    current: position === current.position ? current : null,
    picked: row === picked,
  }),
);

// --- what is shown ---------------------------------------------------------------------------

const at = () => rows.shown[current.position];
const row = () => rows.rows[at()];

function showAll() {
  current.position = Math.max(0, Math.min(current.position, rows.shown.length - 1));
  settleSentence();
  element.ariaRowCount = rows.shown.length;
  list.show(rows.shown.map((number) => rows.rows[number]));
  find("none").hidden = rows.shown.length > 0;
  find("count").textContent = say("count", { n: rows.shown.length });
  showState();
  showPlace(at(), state.languages);
}

function showState() {
  const all = rows.rows.length;
  find("progress").max = all || 1;
  find("progress").value = rows.checked;
  find("checked").textContent = say("checked", { done: rows.checked, all });
  for (const name of ["undo", "redo"]) {
    const button = find(name);
    button.disabled = !state[name];
    button.title = state[name] ? say(`${name}-of`, { what: nameOf(state[name]) }) : say(name);
  }
  tellTrouble(state.trouble);
}

function showHeads() {
  const title = state.document || state.file;
  document.title = `${title} · aligner`;
  find("document").textContent = title;
  find("file").textContent = say("kept-in", { file: state.file });
  find("source-head").textContent = state.languages[0];
  find("target-head").textContent = state.languages[1];
  find("language").textContent = say("language");
  find("language").ariaLabel = find("language").title = say("language-label");
  fillChoice("show", kindNames.map((kind) => [kind, `show-${kind}`]), rows.kind);
  const orders = [["text", "order-text"], ["confidence", "order-confidence"]];
  fillChoice("order", orders, rows.byConfidence ? "confidence" : "text");
  find("formats").replaceChildren(
    ...state.formats.map((form) => make("li", {}, make("a", { href: `/export/${form}`, download: true }, form.toUpperCase()))),
  );
  find("key-table").replaceChildren(
    make(
      "dl",
      {},
      ...KEYS.map(([names, word]) =>
        make("div", {}, make("dt", {}, ...names.map((name) => make("kbd", {}, name))), make("dd", {}, say(word))),
      ),
    ),
  );
}

function fillChoice(id, choices, chosen) {
  find(id).replaceChildren(...choices.map(([value, word]) => make("option", { value }, say(word))));
  find(id).value = chosen;
}

function announce(...sentences) {
  find("live").textContent = sentences.join(" ");
}

function tellTrouble(text) {
  find("trouble").hidden = !text;
  find("trouble").textContent = text || "";
}

// --- where one is ----------------------------------------------------------------------------

// The chosen sentence must be one that the row has.
function settleSentence() {
  const here = row();
  if (!here) return;
  if (!here[current.side].length) current.side = current.side === "source" ? "target" : "source";
  current.sentence = Math.min(current.sentence, here[current.side].length - 1);
}

function goTo(position, side = "source", sentence = 0) {
  const old = current.position;
  current.position = Math.max(0, Math.min(position, rows.shown.length - 1));
  current.side = side;
  current.sentence = sentence;
  settleSentence();
  if (old !== current.position) {
    list.renew(old);
    showPlace(at(), state.languages);
  }
  list.renew(current.position);
  focusRow();
}

function focusRow() {
  list.reveal(current.position)?.focus({ preventScroll: true });
}

function chooseSentence(step) {
  const here = row();
  const all = ["source", "target"].flatMap((side) => here[side].map((_, k) => [side, k]));
  const now = all.findIndex(([side, k]) => side === current.side && k === current.sentence);
  const [side, sentence] = all[Math.max(0, Math.min(now + step, all.length - 1))];
  goTo(current.position, side, sentence);
  announce(describe(side, sentence, here[side].length));
}

// --- steps -----------------------------------------------------------------------------------

async function take(step, { next = false, also } = {}) {
  if (step.at === undefined && step.step !== "undo" && step.step !== "redo") return;
  const answer = await sendStep({ ...step, version: state.version });
  const { change, ...rest } = answer;
  const position = current.position;
  const wasAt = at();
  Object.assign(state, rest);
  rows.change(change);
  picked = null;
  if (next) {
    // In some orders and selections an accepted row goes, and the next one takes its place.
    current.position = rows.shown[position] === wasAt ? position + 1 : position;
    Object.assign(current, { side: "source", sentence: 0 });
  } else {
    const stays = ["undo", "redo", "merge", "realign"].includes(step.step) ? change.at : step.at;
    const found = rows.shown.indexOf(Math.min(stays, rows.rows.length - 1));
    current.position = found < 0 ? position : found;
  }
  showAll();
  focusRow();
  const done = ["undo", "redo"].includes(step.step) ? step.step : change.name;
  const progress = say("checked", { done: rows.checked, all: rows.rows.length });
  announce(say(`did-${done}`), progress, rows.checked === rows.rows.length ? say("all-checked") : "");
  if (also) await also();
}

const sentence = () => ({ at: at(), side: current.side, sentence: current.sentence });

function edit() {
  const { position, side, sentence: number } = current;
  const paragraph = element.querySelector(".sentence.chosen");
  if (!paragraph) return;
  const text = row()[side][number];
  const place = sentence();
  openEditor(paragraph, text, (written, offset) =>
    run(async () => {
      const tidy = written?.replace(/\s+/g, " ").trim();
      const split = offset === undefined ? undefined : () => take({ step: "split", ...place, offset });
      list.renew(position);
      if (document.activeElement === document.body) focusRow();
      if (tidy !== undefined && tidy !== text) await take({ step: "edit", ...place, text: tidy }, { also: split });
      else await split?.();
    }),
  );
}

function splitBefore() {
  // Before the first sentence there is nothing to split: the place is somewhere inside.
  if (current.sentence === 0) edit();
  else return take({ step: "split", ...sentence(), offset: 0 });
}

function nextUnchecked() {
  const count = rows.shown.length;
  for (let k = 1; k <= count; k++) {
    const position = (current.position + k) % count;
    if (!rows.rows[rows.shown[position]].checked) return goTo(position);
  }
  announce(say("all-checked"));
}

function pick() {
  picked = picked === row() ? null : row();
  showAll();
  focusRow();
  announce(picked ? say("picked", { n: at() + 1 }) : say("unpicked"));
}

function pair() {
  const other = rows.rows.indexOf(picked);
  if (other >= 0 && other !== at()) return take({ step: "merge", at: at(), other });
}

async function realign() {
  announce(say("aligning"));
  find("list").ariaBusy = true;
  try {
    await take({ step: "realign", at: at() });
  } finally {
    find("list").ariaBusy = false;
  }
}

function arrange(change) {
  const kept = row();
  change();
  rows.arrange();
  current.position = Math.max(0, rows.shown.findIndex((number) => rows.rows[number] === kept));
  showAll();
  list.reveal(current.position);
  announce(say("count", { n: rows.shown.length }));
}

const COMMANDS = {
  next: () => goTo(current.position + 1),
  previous: () => goTo(current.position - 1),
  pageDown: () => goTo(current.position + list.perPage),
  pageUp: () => goTo(current.position - list.perPage),
  first: () => goTo(0),
  last: () => goTo(rows.shown.length - 1),
  nextSentence: () => chooseSentence(1),
  previousSentence: () => chooseSentence(-1),
  accept: () => (row()?.checked ? goTo(current.position + 1) : take({ step: "check", at: at(), checked: true }, { next: true })),
  toggle: () => take({ step: "check", at: at(), checked: !row()?.checked }),
  nextUnchecked,
  merge: () => take({ step: "merge", at: at(), other: at() + 1 }),
  split: splitBefore,
  edit,
  moveUp: () => take({ step: "move", ...sentence(), down: false }),
  moveDown: () => take({ step: "move", ...sentence(), down: true }),
  unpair: () => take({ step: "unpair", at: at() }),
  pick,
  pair,
  realign,
  undo: () => take({ step: "undo" }),
  redo: () => take({ step: "redo" }),
  search: () => find("search").select(),
  show: () => find("show").focus(),
  order: () => {
    arrange(() => (rows.byConfidence = !rows.byConfidence));
    find("order").value = rows.byConfidence ? "confidence" : "text";
    focusRow();
  },
  export: () => {
    find("export").open = true;
    find("formats").querySelector("a").focus();
  },
  help: () => find("keys").showModal(),
};

// --- what happens ----------------------------------------------------------------------------

// One thing after the other, so that fast fingers work on what they will see.
let last = Promise.resolve();

function run(command) {
  last = last.then(command).catch(fail);
  return last;
}

async function fail(error) {
  if (!(error instanceof Refusal)) throw error;
  if (error.key === "lost" || error.key === "refused") return tellTrouble(say(error.key));
  if (error.key === "error-stale") await load();
  announce(say(error.key, { message: error.message }));
  flash(say(error.key, { message: error.message }));
  focusRow();
}

// What is announced to those who listen is shown to those who look.
let fading = 0;
function flash(text) {
  find("live").classList.add("shown");
  clearTimeout(fading);
  fading = setTimeout(() => find("live").classList.remove("shown"), 4000);
  find("live").textContent = text;
}

async function load() {
  const { rows: loaded, ...rest } = await getState();
  state = rest;
  rows.load(loaded);
  picked = null;
  showHeads();
  showAll();
}

element.addEventListener("keydown", (event) => {
  const command = commandOf(event);
  const onButton = event.target.closest("button");
  if (!command || (onButton && event.key === "Enter")) return;
  event.preventDefault();
  run(COMMANDS[command]);
});

element.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button) return run(COMMANDS[button.dataset.command]);
  const clicked = event.target.closest(".row");
  // Who selects text wants to copy it.
  if (!clicked || event.target.closest("textarea") || !getSelection().isCollapsed) return;
  const { side, sentence: number } = event.target.closest(".sentence")?.dataset ?? {};
  run(() => {
    goTo(Number(clicked.dataset.position), side, Number(number ?? 0));
    if (event.detail === 2 && side) edit();
  });
});

find("filters").addEventListener("submit", (event) => event.preventDefault());
find("search").addEventListener("input", (event) => run(() => arrange(() => (rows.wanted = event.target.value))));
find("search").addEventListener("keydown", (event) => {
  if (event.key === "Escape" || event.key === "Enter" || event.key === "ArrowDown") {
    event.preventDefault();
    run(focusRow);
  }
});
find("show").addEventListener("change", (event) => run(() => arrange(() => (rows.kind = event.target.value))));
find("order").addEventListener("change", (event) =>
  run(() => arrange(() => (rows.byConfidence = event.target.value === "confidence"))),
);
for (const id of ["show", "order"])
  find(id).addEventListener("keydown", (event) => {
    if (event.key === "Escape") run(focusRow);
  });
find("undo").addEventListener("click", () => run(COMMANDS.undo));
find("redo").addEventListener("click", () => run(COMMANDS.redo));
find("help").addEventListener("click", () => run(COMMANDS.help));
find("theme").addEventListener("click", nextTheme);
find("language").addEventListener("click", () => {
  switchLanguage();
  showHeads();
  showAll();
});
find("keys").addEventListener("close", () => focusRow());
find("export").addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  find("export").open = false;
  focusRow();
});
document.addEventListener("click", (event) => {
  if (!event.target.closest("#export summary")) find("export").open = false;
});

startTheme();
translatePage();
run(async () => {
  await load();
  focusRow();
  document.body.dataset.ready = "";
});
