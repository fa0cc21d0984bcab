// The keys, in the order in which they are explained.

// Each: what is pressed, the word that explains it, the command.
const KEYS = [
  [["↓", "j"], "key-rows", "next", ["ArrowDown", "j"]],
  [["↑", "k"], "key-rows", "previous", ["ArrowUp", "k"]],
  [["PgDn"], "key-pages", "pageDown", ["PageDown"]],
  [["PgUp"], "key-pages", "pageUp", ["PageUp"]],
  [["Home"], "key-ends", "first", ["Home"]],
  [["End"], "key-ends", "last", ["End"]],
  [["→"], "key-sentences", "nextSentence", ["ArrowRight"]],
  [["←"], "key-sentences", "previousSentence", ["ArrowLeft"]],
  [["Enter"], "key-accept", "accept", ["Enter"]],
  [["a"], "key-toggle", "toggle", ["a"]],
  [["i"], "key-next", "nextUnchecked", ["i"]],
  [["m"], "key-merge", "merge", ["m"]],
  [["s"], "key-split", "split", ["s"]],
  [["e", "F2"], "key-edit", "edit", ["e", "F2"]],
  [["Ctrl+Enter"], "key-split-text", null, []],
  [["Shift+↑"], "key-move", "moveUp", ["Shift+ArrowUp"]],
  [["Shift+↓"], "key-move", "moveDown", ["Shift+ArrowDown"]],
  [["n"], "key-unpair", "unpair", ["n"]],
  [["x"], "key-pick", "pick", ["x"]],
  [["p"], "key-pair", "pair", ["p"]],
  [["r"], "key-realign", "realign", ["r"]],
  [["u", "Ctrl+Z"], "key-undo", "undo", ["u", "Ctrl+z"]],
  [["y", "Ctrl+Y"], "key-redo", "redo", ["y", "Ctrl+y", "Ctrl+Shift+z"]],
  [["/"], "key-search", "search", ["/"]],
  [["f"], "key-show", "show", ["f"]],
  [["o"], "key-order", "order", ["o"]],
  [["d"], "key-export", "export", ["d"]],
  [["?"], "key-help", "help", ["?"]],
];

// What is explained: the keys of one word together.
export function explained() {
  const words = new Map();
  for (const [shown, word] of KEYS) words.set(word, [...(words.get(word) ?? []), ...shown]);
  return [...words];
}

const COMMAND = new Map(KEYS.flatMap(([, , command, names]) => names.map((name) => [name, command])));

export function commandOf(event) {
  if (event.altKey || event.isComposing) return undefined;
  const letter = event.key.length === 1;
  const name = [
    (event.ctrlKey || event.metaKey) && "Ctrl",
    // Shift is part of a character such as ?
    event.shiftKey && (!letter || event.ctrlKey || event.metaKey) && "Shift",
    letter ? event.key.toLowerCase() : event.key,
  ];
  return COMMAND.get(name.filter(Boolean).join("+"));
}
