// One row of the list.

import { make } from "./dom.js";
import { isNull } from "./rows.js";
import { knows, say } from "./words.js";

const SIDES = ["source", "target"];

// What can be done to a row by a button: its word, the key that does the same, the command.
const ACTIONS = [
  ["accept", "↵", "accept"],
  ["merge", "m", "merge"],
  ["split", "s", "split"],
  ["edit", "e", "edit"],
  ["up", "⇧↑", "moveUp"],
  ["down", "⇧↓", "moveDown"],
  ["unpair", "n", "unpair"],
  ["realign", "r", "realign"],
];

// `current` is null but for the row that is worked on, which shows its buttons.
export function makeRow(row, { at, position, languages, wanted, current, picked }) {
  const element = make("div", {
    role: "row",
    class: ["row", row.band, row.checked && "checked", current && "current", picked && "picked"]
      .filter(Boolean)
      .join(" "),
    tabindex: current ? 0 : -1,
    "aria-rowindex": position + 1,
    "aria-selected": Boolean(current),
    "data-position": position,
  });
  element.append(makeMark(row, at));
  SIDES.forEach((side, k) => {
    const cell = make("div", { role: "gridcell", class: `side ${side}`, lang: languages[k] });
    row[side].forEach((text, number) => {
      const chosen = current && current.side === side && current.sentence === number;
      cell.append(
        make(
          "p",
          {
            class: chosen ? "sentence chosen" : "sentence",
            dir: "auto",
            "data-side": side,
            "data-sentence": number,
          },
          ...highlighted(text, wanted),
        ),
      );
    });
    if (!row[side].length) {
      cell.removeAttribute("lang");
      cell.append(make("p", { class: "empty" }, say("no-source")));
    }
    element.append(cell);
  });
  if (current) element.append(makeActions(row));
  return element;
}

function makeMark(row, at) {
  const cell = make("div", { role: "gridcell", class: "mark" });
  cell.append(make("span", { class: "number", "aria-label": say("row", { n: at + 1 }) }, `${at + 1}`));
  const n = row.shown;
  cell.append(
    make("span", { class: "confidence", title: say("confidence", { n }) }, make("span", { class: "hidden" }, say("confidence", { n: "" })), n),
  );
  const states = [row.checked ? "row-checked" : "row-unchecked"];
  if (isNull(row)) states.push("row-null");
  if (row.moved) states.push("row-moved");
  for (const state of states)
    cell.append(make("span", { class: `state ${state}` }, say(state)));
  return cell;
}

function makeActions(row) {
  const cell = make("div", { role: "gridcell", class: "actions" });
  for (const [word, key, command] of ACTIONS) {
    const label = command === "accept" && row.checked ? "unaccept" : word;
    const hint = label === "unaccept" ? "a" : key;
    cell.append(
      make(
        "button",
        { type: "button", "data-command": label === "unaccept" ? "toggle" : command, class: command },
        say(label),
        make("kbd", { "aria-hidden": "true" }, hint),
      ),
    );
  }
  return cell;
}

// The text with what is searched for marked.
function highlighted(text, wanted) {
  if (!wanted) return [text];
  const parts = [];
  const low = text.toLowerCase();
  // Lower case may be longer than what it is of; then nothing is marked.
  if (low.length !== text.length) return [text];
  let from = 0;
  for (let at = low.indexOf(wanted); at >= 0; at = low.indexOf(wanted, from)) {
    parts.push(text.slice(from, at), make("mark", {}, text.slice(at, at + wanted.length)));
    from = at + wanted.length;
  }
  parts.push(text.slice(from));
  return parts;
}

export function describe(side, number, all) {
  return say(`${side}-sentence`, { n: number + 1, all });
}

export const nameOf = (name) => (knows(`name-${name}`) ? say(`name-${name}`) : name);
