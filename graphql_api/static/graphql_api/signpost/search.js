// The search box: what is asked for, the request, and where each part of the answer goes.
import { asked, around, isNarrowed, isNothing, read, variables, widened, written } from "./asked.js";
import * as answer from "./answer.js";
import * as facets from "./facets.js";
import { $, button, element, kept, link, Refusal, send, typeset } from "./page.js";
import { combobox, withoutPlace } from "./suggestions.js";

const query = kept("search-query");
const suggestQuery = kept("suggest-query");
const EXAMPLES = kept("examples");
const SLOW_MS = 250;
const TYPING_MS = 400;

let wanted = read(location.search);
let cursor = null;
let pages = 0; // how many are shown
let request = null; // what would stop the request that is under way
let isLocating = false;

// Ask for something else; the address tells it.
function go(next, { isTyped = false } = {}) {
  wanted = next;
  const address = `${location.pathname}${written(wanted)}`;
  if (address !== location.pathname + location.search) history.pushState(null, "", address);
  search({ isTyped });
}

// Asks the API and shows the answer, or says what is wrong. `after` a cursor: the next page; and on, `upTo` so many.
async function search({ after = null, isTyped = false, upTo = 1 } = {}) {
  request?.abort();
  if (!after) fillChoices();
  if (isNothing(wanted)) return keepFocus(start);
  const mine = (request = new AbortController());
  const values = { ...variables(wanted), ...(after ? { after } : {}) };
  showQuery(values);
  busy(true);
  try {
    const { searchExperts } = await send({ query, variables: values }, mine.signal);
    if (mine.signal.aborted) return;
    $("problem").replaceChildren();
    if (after) append(searchExperts, upTo === 1);
    else keepFocus(() => show(searchExperts));
    if (cursor && pages < upTo) return search({ after: cursor, upTo });
    busy(false);
    remember();
    if (isTyped) reveal();
  } catch (error) {
    if (mine.signal.aborted) return;
    busy(false);
    $("answer").style.minHeight = "";
    // What comes after a page that is out of date can't be asked for again: then all is.
    const again = () => search({ after: error.code === "BAD_CURSOR" ? null : after, isTyped, upTo });
    keepFocus(() => {
      if (!after) forget();
      problem(error, again);
    });
    if (!(error instanceof Refusal)) throw error;
  }
}

// Whoever comes back finds as many pages; the browser scrolls by itself, if the answer's place is kept for it.
function remember() {
  $("answer").style.minHeight = "";
  history.replaceState({ pages, height: $("answer").offsetHeight }, "");
}

function comeBack(left) {
  if (left?.height) $("answer").style.minHeight = `${left.height}px`;
  fillWords();
  search({ upTo: left?.pages ?? 1 });
}

let slow;
function busy(isBusy) {
  clearTimeout(slow);
  $("answer").setAttribute("aria-busy", String(isBusy));
  if (!isBusy) $("progress").textContent = "";
  else slow = setTimeout(() => { $("progress").textContent = "Recherche en cours…"; }, SLOW_MS);
}

function problem(error, again) {
  const made = element("div", "", "told wrong");
  const message = error instanceof Refusal ? error.message : "Cette page n'a pas su montrer la réponse.";
  const row = element("div", "", "choices");
  row.append(button("Réessayer", again));
  if (isNarrowed(wanted)) row.append(button("Enlever les filtres", () => go(widened(wanted))));
  made.append(element("p", `La recherche n'a pas abouti : ${message}`), row);
  $("problem").replaceChildren(made);
  made.scrollIntoView({ block: "nearest" });
}

// What answered other words must not stand under these.
function forget() {
  cursor = null;
  for (const id of ["told", "choices", "facet-groups", "help", "hits"]) $(id).replaceChildren();
  for (const id of ["facets", "hits", "more", "criteria"]) $(id).hidden = true;
  $("told").className = "";
  showChosen();
}

// Before anything is asked for: what one may type.
function start() {
  busy(false);
  forget();
  $("problem").replaceChildren();
  for (const id of ["refine", "behind"]) $(id).hidden = true;
  $("answer").style.minHeight = "";
  $("told").append(element("p", "Par exemple :"));
  $("choices").append(answer.examples(EXAMPLES, tryOut));
}

function tryOut(text) {
  go(asked({ text }), { isTyped: true });
  fillWords();
}

function show(found) {
  facets.learn(found, wanted);
  const back = answer.question(found.understanding, wanted);
  const hasHits = found.edges.length > 0;
  $("told").className = "told";
  $("told").replaceChildren(...answer.told(found, wanted));
  $("choices").replaceChildren(...(back ? [answer.choices(back, (slug) => go({ ...wanted, services: [slug] }))] : []));
  $("refine").hidden = !hasHits && !isNarrowed(wanted);
  $("order").parentElement.hidden = !hasHits;
  $("free").parentElement.hidden = !hasHits && !wanted.freeOn;
  showChosen();
  const groups = facets.groups(found, wanted, go);
  $("facets").hidden = !groups.length;
  $("facet-groups").replaceChildren(...groups);
  const count = facets.countOf(wanted);
  $("facets").firstElementChild.textContent = count ? `Affiner (${count})` : "Affiner";
  $("near-told").textContent = typeset(answer.unknownPlace(found, wanted));
  $("help").replaceChildren(...(found.help ? answer.help(found, wanted, otherWords) : []));
  $("hits").hidden = !hasHits;
  $("hits").replaceChildren(...found.edges.map(({ node }) => answer.hit(node)));
  $("criteria").hidden = !hasHits;
  $("criteria").lastElementChild.replaceChildren(...found.rankingCriteria.map((text) => element("li", text)));
  pages = 1;
  page(found);
}

function showChosen() {
  $("chosen").replaceChildren(...facets.chosen(wanted, go, () => go(widened(wanted))));
}

function append(found, takesFocus) {
  const more = found.edges.map(({ node }) => answer.hit(node));
  $("hits").append(...more);
  pages += 1;
  page(found);
  if (takesFocus) more[0]?.focus();
}

function page({ pageInfo }) {
  cursor = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  $("more").hidden = !cursor;
}

// What had the focus may be made anew, or be gone: then the focus goes to its like, to what is wrong, or to the answer.
function keepFocus(change) {
  const before = document.activeElement;
  const isInside = $("answer").contains(before);
  const key = before?.dataset.key;
  change();
  if (!isInside || (before.isConnected && before.offsetParent)) return;
  const like = key && $("facet-groups").querySelector(`[data-key="${CSS.escape(key)}"]`);
  (like || $("problem").querySelector("button") || $("told")).focus({ preventScroll: true });
}

// On a phone the keyboard and the form hide the answer, which begins beside the place if that is unknown.
function reveal() {
  if (matchMedia("(pointer: coarse)").matches) document.activeElement?.blur();
  const beginning = $("near-told").textContent ? $("where").closest(".field") : $("told");
  if ($("told").getBoundingClientRect().top > innerHeight * 0.6) beginning.scrollIntoView();
}

function otherWords() {
  $("what").focus();
  $("what").select();
}

function showQuery(values) {
  $("query").textContent = query;
  $("variables").textContent = JSON.stringify(values, null, 2);
  const endpoint = $("search").dataset.endpoint;
  const explored = new URLSearchParams({ query, variables: JSON.stringify(values) });
  $("explore").href = link("", `${endpoint}?${explored}`).href;
  $("behind").hidden = false;
}

// The words are filled in where they come from elsewhere: what is being typed stays.
function fillWords() {
  $("what").value = wanted.text;
  $("where").value = wanted.where;
}

function fillChoices() {
  $("near-told").textContent = "";
  $("where").placeholder = wanted.near ? "autour de vous" : "Croix-Rousse";
  $("near").setAttribute("aria-pressed", String(Boolean(wanted.near)));
  const byDistance = $("order").querySelector("[value=DISTANCE]");
  byDistance.hidden = byDistance.disabled = !wanted.near;
  if (!wanted.near && wanted.order === "DISTANCE") wanted = { ...wanted, order: "RELEVANCE" };
  $("order").value = wanted.order;
  if ($("free").value !== wanted.freeOn) $("free").value = wanted.freeOn;
}

// Other words may mean other services and another place: choices among those of before are let go.
function typed() {
  const text = $("what").value.trim();
  const where = $("where").value.trim();
  if (text === wanted.text && where === wanted.where) return wanted;
  const near = where ? null : wanted.near;
  return { ...wanted, text, where, near, services: [], loge: "" };
}

function locate() {
  if (wanted.near) return go({ ...typed(), near: null });
  if (isLocating) return undefined;
  if (!navigator.geolocation) return unlocated({ code: 2 });
  isLocating = true;
  $("near-told").textContent = "Votre position est demandée au navigateur…";
  return navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      isLocating = false;
      $("near-told").textContent = "";
      $("where").value = "";
      go({ ...typed(), near: around(coords.latitude, coords.longitude) }, { isTyped: true });
    },
    unlocated,
    { maximumAge: 300_000, timeout: 10_000 },
  );
}

const UNLOCATED = {
  1: "Votre navigateur n'a pas donné votre position. Permettez-le dans ses réglages, ou écrivez ici votre quartier.",
  2: "Votre position n'a pas pu être trouvée. Écrivez ici votre quartier ou votre code postal.",
  3: "Votre position tarde à venir. Réessayez, ou écrivez ici votre quartier.",
};

function unlocated({ code }) {
  isLocating = false;
  $("near-told").textContent = UNLOCATED[code] || UNLOCATED[2];
}

function choose({ kind, label, expert, loge }) {
  if (kind === "PLACE") {
    $("what").value = withoutPlace($("what").value, label);
    $("where").value = label;
    return go(typed(), { isTyped: true });
  }
  $("what").value = kind === "EXPERT" && expert ? expert.firstName : label;
  const next = { ...typed(), services: [] };
  if (kind === "EXPERT" && loge) {
    facets.name("LOGE", loge.slug, loge.name);
    $("where").value = "";
    return go({ ...next, where: "", near: null, loge: loge.slug }, { isTyped: true });
  }
  return go(next, { isTyped: true });
}

async function suggestions(text) {
  const { suggest } = await send({ query: suggestQuery, variables: { text, near: wanted.near } });
  return suggest;
}

export function open() {
  const closeSuggestions = combobox($("what"), $("suggestions"), $("suggestions-told"), suggestions, choose);
  $("search").addEventListener("submit", (event) => {
    event.preventDefault();
    closeSuggestions();
    const next = typed();
    go(next, { isTyped: true });
    if (isNothing(next)) $("what").focus();
  });
  $("near").addEventListener("click", locate);
  $("order").addEventListener("change", () => go({ ...wanted, order: $("order").value }));
  let typing;
  $("free").addEventListener("change", () => {
    clearTimeout(typing);
    typing = setTimeout(() => go({ ...wanted, freeOn: $("free").value }), TYPING_MS);
  });
  $("more").addEventListener("click", () => {
    if (cursor && $("answer").getAttribute("aria-busy") === "false") search({ after: cursor });
  });
  addEventListener("popstate", () => {
    closeSuggestions();
    if (written(read(location.search)) === written(wanted)) return; // only the anchor changed
    wanted = read(location.search);
    comeBack(history.state);
  });
  comeBack(history.state);
}
