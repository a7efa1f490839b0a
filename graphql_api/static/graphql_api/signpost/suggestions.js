// What may be meant, while somebody types: a combobox (WAI-ARIA 1.2) over the API's `suggest`.
import { element, number } from "./page.js";

const PAUSE_MS = 150;
const KINDS = { SERVICE: "service", PHRASE: "", PLACE: "lieu", EXPERT: "expert" };

// `ask(text)` promises suggestions, `choose(suggestion)` is told which one was taken. Returns what closes the list.
export function combobox(input, listbox, told, ask, choose) {
  let timer, offered = [], active = -1, turn = 0;

  function close() {
    turn += 1; // what is on its way comes too late
    clearTimeout(timer);
    offered = [];
    listbox.replaceChildren();
    listbox.hidden = true;
    told.textContent = "";
    input.setAttribute("aria-expanded", "false");
    point(-1);
  }

  function point(index) {
    active = index;
    [...listbox.children].forEach((option, i) => option.setAttribute("aria-selected", String(i === index)));
    if (index < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", listbox.children[index].id);
    listbox.children[index].scrollIntoView({ block: "nearest" });
  }

  function take(index) {
    const taken = offered[index];
    close();
    choose(taken);
  }

  function show(suggestions) {
    offered = suggestions;
    listbox.replaceChildren(...suggestions.map(option));
    listbox.hidden = !suggestions.length;
    input.setAttribute("aria-expanded", String(suggestions.length > 0));
    told.textContent = suggestions.length ? `${number(suggestions.length)} suggestion${suggestions.length > 1 ? "s" : ""}` : "";
    point(-1);
  }

  function option({ kind, label, service }, index) {
    const made = element("li");
    made.id = `suggestion-${index}`;
    made.setAttribute("role", "option");
    const hint = kind === "PHRASE" && service ? service.name : KINDS[kind];
    made.append(element("span", label), ...(hint ? [" ", element("small", hint)] : []));
    made.addEventListener("click", () => take(index));
    return made;
  }

  async function look() {
    const text = input.value.trim();
    const mine = (turn += 1);
    if (!text) return close();
    try {
      const suggestions = await ask(text);
      if (mine === turn) show(suggestions);
    } catch {
      if (mine === turn) close(); // suggestions are a comfort: the search itself tells what is wrong
    }
  }

  // While composing, too: keyboards of phones compose every word.
  input.addEventListener("input", () => {
    clearTimeout(timer);
    turn += 1;
    timer = setTimeout(look, PAUSE_MS);
  });

  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const last = offered.length - 1;
    if (event.key === "ArrowDown" && last < 0) look();
    else if (event.key === "ArrowDown") point(active < last ? active + 1 : 0);
    else if (event.key === "ArrowUp" && last >= 0) point(active > 0 ? active - 1 : last);
    else if (event.key === "Enter" && active >= 0) take(active);
    else if (event.key === "Escape" && !listbox.hidden) close();
    else return;
    event.preventDefault();
  });

  // The finger or the mouse must not take the focus away before the click is counted.
  listbox.addEventListener("mousedown", (event) => event.preventDefault());
  input.addEventListener("blur", close);
  // A finger beside the list doesn't take the focus away on every phone, but means the same.
  document.addEventListener("pointerdown", ({ target }) => {
    if (!listbox.hidden && target !== input && !listbox.contains(target)) close();
  });
  return close;
}

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
const LINKS = new Set(["a", "au", "aux", "d", "dans", "de", "du", "en", "l", "la", "le", "les", "pres", "sur", "vers"]);

// The words typed without those at their end that were meant to name the place.
export function withoutPlace(typed, label) {
  const words = typed.trim().split(/\s+/);
  const name = fold(label).split(" ");
  const begins = (said) => name.some((_, i) => name.slice(i).join(" ").startsWith(said));
  let start = words.findIndex((_, i) => begins(fold(words.slice(i).join(" "))));
  if (start < 0) start = words.length - 1;
  while (start > 0 && LINKS.has(fold(words[start - 1]))) start -= 1;
  return words.slice(0, start).join(" ");
}
