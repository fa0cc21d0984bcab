// Where a row's sentences stand in the document.

import { find, make } from "./dom.js";
import { getPlace } from "./server.js";
import { say } from "./words.js";

let wanted = 0;

export async function showPlace(at, languages) {
  const mine = ++wanted;
  const excerpts = at === undefined ? [null, null] : await getPlace(at).catch(() => [null, null]);
  // Another row may have been chosen since.
  if (mine !== wanted) return;
  const panel = find("place");
  panel.replaceChildren(make("h2", {}, say("place")));
  excerpts.forEach((excerpt, k) => {
    if (excerpt) panel.append(makeExcerpt(excerpt, languages[k]));
  });
  if (!excerpts.some(Boolean)) panel.append(make("p", { class: "unknown" }, say("place-unknown")));
  for (const text of panel.querySelectorAll(".excerpt")) {
    const mark = text.querySelector("mark");
    if (mark) text.scrollTop = mark.offsetTop - text.clientHeight / 3;
  }
}

function makeExcerpt(excerpt, language) {
  const heading = say(excerpt.page > 1 ? "place-page" : "place-line", excerpt);
  const text = make("p", { class: "excerpt", lang: language, dir: "auto", tabindex: 0, role: "group", "aria-label": heading });
  for (const [piece, inside] of excerpt.pieces)
    text.append(inside ? make("mark", {}, piece) : piece);
  return make("section", {}, make("h3", {}, heading), text);
}
