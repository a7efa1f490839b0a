// What narrows the results: toggles with counts, and the choices made, each with a way to take it back.
import { button, day, element } from "./page.js";
import { isNarrowed } from "./asked.js";

const GROUPS = [
  { field: "SERVICE", key: "services", title: "Service" },
  { field: "LOGE", key: "loge", title: "Loge" },
  { field: "LANGUAGE", key: "languages", title: "Langue parlée" },
  { field: "BADGE", key: "badges", title: "Vérifié" },
];
const SHOWN = 8;
const labels = new Map(); // what values are called, from every answer so far
const unfolded = new Set();

const chosenIn = (wanted, key) => (Array.isArray(wanted[key]) ? wanted[key] : [wanted[key]].filter(Boolean));

function toggled(wanted, key, value) {
  const chosen = chosenIn(wanted, key);
  const isChosen = chosen.includes(value);
  if (!Array.isArray(wanted[key])) return { ...wanted, [key]: isChosen ? "" : value };
  return { ...wanted, [key]: isChosen ? chosen.filter((one) => one !== value) : [...chosen, value] };
}

export const name = (field, value, label) => labels.set(`${field} ${value}`, label);

export function learn({ facets, understanding, edges, help }, wanted) {
  wanted.languages.forEach((code) => name("LANGUAGE", code, language(code)));
  for (const { field, values } of facets) values.forEach(({ value, label }) => name(field, value, label));
  for (const { slug, name: label } of [...understanding.services, ...(understanding.question?.choices || [])]) name("SERVICE", slug, label);
  const loges = [...edges.map(({ node }) => node.expert.loge), ...(help?.nearestLoges || []).map(({ loge }) => loge)];
  for (const { slug, name: label } of loges) name("LOGE", slug, label);
}

function language(code) {
  try {
    return new Intl.DisplayNames("fr", { type: "language" }).of(code);
  } catch {
    return code;
  }
}

const labelOf = (field, value) => labels.get(`${field} ${value}`) || value;

export function groups({ facets }, wanted, go) {
  const values = new Map(facets.map((facet) => [facet.field, facet.values]));
  return GROUPS.map((group) => fieldset(group, values.get(group.field) || [], wanted, go)).filter(Boolean);
}

function fieldset({ field, key, title }, found, wanted, go) {
  const chosen = chosenIn(wanted, key);
  const lost = chosen.filter((value) => !found.some((one) => one.value === value));
  const values = [...lost.map((value) => ({ value, count: 0 })), ...found];
  if (!values.length) return null;
  const made = element("fieldset");
  const row = element("div", "", "toggles");
  const make = ({ value, count }) => toggle(field, value, count, chosen.includes(value), () => go(toggled(wanted, key, value)));
  const isShown = ({ value }, index) => index < SHOWN || unfolded.has(field) || chosen.includes(value);
  row.append(...values.filter(isShown).map(make));
  const rest = values.filter((value, index) => !isShown(value, index));
  if (rest.length) {
    const all = button(`${rest.length} de plus`, () => {
      unfolded.add(field);
      const more = rest.map(make);
      all.replaceWith(...more);
      more[0].focus();
    }, "quiet");
    row.append(all);
  }
  made.append(element("legend", title), row);
  return made;
}

function toggle(field, value, count, isPressed, act) {
  const made = button(labelOf(field, value), act, "toggle");
  made.dataset.key = `${field} ${value}`;
  made.setAttribute("aria-pressed", String(isPressed));
  made.append(" ", element("span", String(count), "count"));
  return made;
}

// The choices made, each a button that takes it back, and one for all.
export function chosen(wanted, go, widen) {
  if (!isNarrowed(wanted)) return [];
  const row = element("div", "", "toggles");
  const add = (label, next) => {
    const made = button(label, () => go(next), "chip");
    made.setAttribute("aria-label", `Enlever : ${label}`);
    const cross = element("span", "✕");
    cross.setAttribute("aria-hidden", "true");
    made.append(" ", cross);
    row.append(made);
  };
  if (wanted.near) add("Près de moi", { ...wanted, near: null });
  if (wanted.freeOn) add(`Libre ${day(wanted.freeOn)}`, { ...wanted, freeOn: "" });
  for (const { field, key } of GROUPS) {
    for (const value of chosenIn(wanted, key)) add(labelOf(field, value), toggled(wanted, key, value));
  }
  if (row.children.length > 1) row.append(button("Tout enlever", widen, "quiet"));
  return [row];
}

export const countOf = (wanted) => GROUPS.reduce((sum, { key }) => sum + chosenIn(wanted, key).length, 0);
