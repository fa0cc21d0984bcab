// Light or dark: as the system has it, until the button says otherwise.

import { recall, remember } from "./words.js";

const root = document.documentElement;
const dark = matchMedia("(prefers-color-scheme: dark)");

export function startTheme() {
  const kept = recall("aligner-theme", ["light", "dark"]);
  if (kept) root.dataset.theme = kept;
}

export function nextTheme() {
  const now = root.dataset.theme ?? (dark.matches ? "dark" : "light");
  root.dataset.theme = now === "dark" ? "light" : "dark";
  remember("aligner-theme", root.dataset.theme);
}
