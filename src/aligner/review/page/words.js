// The page's words in two languages, and which of them is spoken.

const all = await (await fetch("/page/words.json")).json();

// What was chosen before, on this port: a cookie would go to every port.
export function recall(name, choices) {
  try {
    return choices.find((choice) => choice === localStorage.getItem(name));
  } catch {
    return undefined; // a browser that keeps nothing
  }
}

export function remember(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch {
    // Then it is chosen for this once.
  }
}

let language = recall("aligner-language", Object.keys(all)) ?? (navigator.language.startsWith("zh") ? "zh" : "en");

export function say(key, values = {}) {
  return all[language][key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

// What a language is called, or its code where the browser has no name for it.
export function nameLanguage(code) {
  try {
    return new Intl.DisplayNames(language, { type: "language" }).of(code);
  } catch {
    return code;
  }
}

export function knows(key) {
  return key in all[language];
}

export function switchLanguage() {
  language = language === "zh" ? "en" : "zh";
  remember("aligner-language", language);
  translatePage();
}

// Fill in the words of all that stands in the page's own file.
export function translatePage() {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  for (const element of document.querySelectorAll("[data-word]"))
    element.textContent = say(element.dataset.word);
  for (const element of document.querySelectorAll("[data-label]"))
    element.ariaLabel = say(element.dataset.label);
  for (const element of document.querySelectorAll("[data-placeholder]"))
    element.placeholder = say(element.dataset.placeholder);
  for (const element of document.querySelectorAll("[data-title]"))
    element.ariaLabel = element.title = say(element.dataset.title);
}
