// Talking to the server. What it refuses comes as an error with a key of the page's words.

export class Refusal extends Error {
  constructor(key, message = "") {
    super(message || key);
    this.key = key;
  }
}

// The token comes in the address, once. The window keeps it where a page of another port can't
// read it, and nothing sends it by itself, as a cookie would be.
const NAME = "aligner-token";
let token = null;

// Tells whether the address brought a token.
export function takeToken() {
  const given = new URLSearchParams(location.hash.slice(1)).get("token");
  try {
    if (given) {
      sessionStorage.setItem(NAME, given);
      history.replaceState(null, "", location.pathname);
    }
    token = sessionStorage.getItem(NAME);
  } catch {
    // A browser that keeps nothing: the address keeps it.
    token = given ?? token;
  }
  return Boolean(given);
}

async function request(path, options = {}) {
  if (!token) throw new Refusal("no-token");
  let answer;
  try {
    answer = await fetch(path, { ...options, headers: { ...options.headers, Authorization: `Bearer ${token}` } });
  } catch {
    throw new Refusal("lost");
  }
  if (answer.status === 403) throw new Refusal("refused");
  if (answer.ok) return answer;
  const { error = "lost", message } = await answer.json().catch(() => ({}));
  throw new Refusal(error === "lost" ? "lost" : `error-${error}`, message);
}

async function ask(path, options) {
  const answer = await request(path, options);
  return answer.json().catch(() => {
    throw new Refusal("lost");
  });
}

export const getState = () => ask("/state");

export const getPlace = (at) => ask(`/place/${at}`);

export const sendStep = (step) =>
  ask("/step", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(step),
  });

// The rows as a file: its name and what it holds.
export async function getExport(form) {
  const answer = await request(`/export/${form}`);
  const name = answer.headers.get("Content-Disposition").split("''")[1];
  return { name: decodeURIComponent(name), content: await answer.blob() };
}
