// The page begins here: what is pressed, clicked and chosen goes to the commands.

import { download, edit, load, run, runCommand } from "./commands.js";
import { find } from "./dom.js";
import { commandOf } from "./keys.js";
import { takeToken } from "./server.js";
import { nextTheme, startTheme } from "./theme.js";
import { arrange, element, focusRow, goTo, rows, showAll, showHeads } from "./view.js";
import { switchLanguage, translatePage } from "./words.js";

element.addEventListener("keydown", (event) => {
  const command = commandOf(event);
  const onButton = event.target.closest("button");
  if (!command || (onButton && event.key === "Enter")) return;
  event.preventDefault();
  runCommand(command);
});

element.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button) return runCommand(button.dataset.command);
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
    focusRow();
  }
});
find("show").addEventListener("change", (event) => run(() => arrange(() => (rows.kind = event.target.value))));
find("order").addEventListener("change", (event) =>
  run(() => arrange(() => (rows.byConfidence = event.target.value === "confidence"))),
);
for (const id of ["show", "order"])
  find(id).addEventListener("keydown", (event) => {
    if (event.key === "Escape") focusRow();
  });
for (const id of ["undo", "redo", "help"]) find(id).addEventListener("click", () => runCommand(id));
find("theme").addEventListener("click", nextTheme);
find("language").addEventListener("click", () => {
  switchLanguage();
  showHeads();
  showAll();
});
find("keys").addEventListener("close", () => focusRow());
find("formats").addEventListener("click", (event) => {
  const { form } = event.target.dataset;
  if (form) run(() => download(form));
});
find("export").addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  find("export").open = false;
  focusRow();
});
document.addEventListener("click", (event) => {
  if (!event.target.closest("#export summary")) find("export").open = false;
});

// Who opens the printed address in a window that has the page already.
addEventListener("hashchange", () => takeToken() && location.reload());

takeToken();
startTheme();
translatePage();
run(async () => {
  try {
    await load();
  } catch (error) {
    // There is nothing to work on; why, is told.
    for (const part of document.querySelectorAll("header, main")) part.hidden = true;
    throw error;
  }
  focusRow();
  document.body.dataset.ready = "";
});
