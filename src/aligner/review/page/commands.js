// What the keys and buttons do.

import { find, make } from "./dom.js";
import { openEditor } from "./editor.js";
import { Refusal, getExport, getState, sendStep } from "./server.js";
import {
  announce,
  arrange,
  at,
  chooseSentence,
  current,
  element,
  flash,
  focusRow,
  goTo,
  isFocused,
  list,
  row,
  rows,
  showAll,
  showHeads,
  tellTrouble,
  work,
} from "./view.js";
import { say } from "./words.js";

async function take(step, { next = false, also } = {}) {
  if (step.at === undefined && step.step !== "undo" && step.step !== "redo") return;
  const answer = await sendStep({ ...step, version: work.state.version });
  const { change, ...rest } = answer;
  const position = current.position;
  const wasAt = at();
  Object.assign(work.state, rest);
  rows.change(change);
  work.picked = null;
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
  const done = ["undo", "redo"].includes(step.step) ? step.step : change.name;
  const progress = say("checked", { done: rows.checked, all: rows.rows.length });
  announce(say(`did-${done}`), progress, rows.checked === rows.rows.length ? say("all-checked") : "");
  if (also) await also();
}

export async function download(form) {
  const { name, content } = await getExport(form);
  const link = make("a", { href: URL.createObjectURL(content), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

const sentence = () => ({ at: at(), side: current.side, sentence: current.sentence });

export function edit() {
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
      if (isFocused()) focusRow();
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
  if (!row()) return;
  work.picked = work.picked === row() ? null : row();
  showAll();
  announce(work.picked ? say("picked", { n: at() + 1 }) : say("unpicked"));
}

function pair() {
  const other = rows.rows.indexOf(work.picked);
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

// What does not depend on the rows, and must not wait while a step is under way: who has
// pressed / goes on typing.
const AT_ONCE = {
  search: () => find("search").select(),
  show: () => find("show").focus(),
  export: () => {
    find("export").open = true;
    find("formats").querySelector("button").focus();
  },
  help: () => find("keys").showModal(),
};

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
  order: () => {
    arrange(() => (rows.byConfidence = !rows.byConfidence));
    find("order").value = rows.byConfidence ? "confidence" : "text";
  },
};

// One thing after the other, so that fast fingers work on what they will see.
let last = Promise.resolve();
let opening = false; // a text field that has been asked for: what is typed is meant for it

export function run(command) {
  last = last.then(command).catch(fail);
  return last;
}

export function runCommand(name) {
  if (name in AT_ONCE) return AT_ONCE[name]();
  if (opening) return;
  opening = name === "edit" || name === "split";
  run(COMMANDS[name]).then(() => (opening = false));
}

async function fail(error) {
  if (!(error instanceof Refusal)) throw error;
  if (["lost", "refused", "no-token"].includes(error.key)) return tellTrouble(say(error.key));
  if (error.key === "error-stale") await load();
  flash(say(error.key, { message: error.message }));
  if (isFocused()) focusRow();
}

export async function load() {
  const { rows: loaded, ...rest } = await getState();
  work.state = rest;
  rows.load(loaded);
  work.picked = null;
  showHeads();
  showAll();
}
