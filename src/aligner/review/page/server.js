// Talking to the server. What it refuses comes as an error with a key of the page's words.

export class Refusal extends Error {
  constructor(key, message = "") {
    super(message || key);
    this.key = key;
  }
}

async function ask(path, options) {
  let answer;
  try {
    answer = await fetch(path, options);
  } catch {
    throw new Refusal("lost");
  }
  if (answer.status === 403) throw new Refusal("refused");
  const value = await answer.json().catch(() => ({ error: "lost" }));
  if (!answer.ok) throw new Refusal(value.error === "lost" ? "lost" : `error-${value.error}`, value.message);
  return value;
}

export const getState = () => ask("/state");

export const getPlace = (at) => ask(`/place/${at}`);

export const sendStep = (step) =>
  ask("/step", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(step),
  });
