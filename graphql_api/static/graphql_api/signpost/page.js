// Small tools of the signpost: elements, French texts, and the way to the API.

export const $ = (id) => document.getElementById(id);
export const kept = (id) => JSON.parse($(id).textContent);

// No line begins with French punctuation.
export const typeset = (text) => text.replace(/ (?=[?!:;»])/g, "\u00a0").replace(/« /g, "«\u00a0");

export function element(tag, text, className) {
  const made = document.createElement(tag);
  if (text) made.textContent = typeset(text);
  if (className) made.className = className;
  return made;
}

export function button(text, act, className) {
  const made = element("button", text, className);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

// A link to the web or to an e-mail address; nothing else that an answer may hold is followed.
export function link(text, address) {
  const made = element("a", text);
  if (["http:", "https:", "mailto:"].includes(new URL(address, location.href).protocol)) made.href = address;
  return made;
}

export function listOf(items, className) {
  const made = element("ul", "", className);
  made.append(...items);
  return made;
}

const conjunction = new Intl.ListFormat("fr", { type: "conjunction" });
const longDay = new Intl.DateTimeFormat("fr", { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" });

export const list = (items) => conjunction.format(items);
export const number = (value, digits = 0) => value.toLocaleString("fr", { maximumFractionDigits: digits });
export const distance = (meters) => (meters < 1000 ? `${meters}\u00a0m` : `${number(Math.floor(meters / 1000))}\u00a0km`);

export function day(iso) {
  const read = new Date(`${iso}T00:00:00Z`);
  return Number.isNaN(read.getTime()) ? iso : longDay.format(read);
}

// What went wrong, as a sentence for people; the code is the API's, if it was the API that refused.
export class Refusal extends Error {
  constructor(message, code) {
    super(message);
    this.code = code;
  }
}

const PATIENCE_MS = 20_000;

// Ask the API. `signal` gives up quietly; whatever else goes wrong is a Refusal.
export async function send(body, signal) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  const stop = () => patience.abort();
  signal?.addEventListener("abort", stop);
  try {
    const { data, errors } = await answered(body, patience.signal);
    if (errors) throw new Refusal(errors[0].message, errors[0].extensions?.code);
    return data;
  } catch (error) {
    if (signal?.aborted || error instanceof Refusal) throw error;
    if (patience.signal.aborted) throw new Refusal("La réponse prend trop de temps. Réessayez dans un instant.");
    if (error instanceof SyntaxError) throw new Refusal("Le serveur a répondu autre chose que prévu. Réessayez dans un instant.");
    throw new Refusal("Le serveur ne répond pas. Vérifiez votre connexion, puis réessayez.");
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
  }
}

async function answered(body, signal) {
  const response = await fetch($("search").dataset.endpoint, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify(body),
    signal,
  });
  return response.json();
}
