// The signpost: the search box, and the loges as the API tells them.
import { $, element, kept, link, send } from "./signpost/page.js";
import { open } from "./signpost/search.js";

open();

const STATES = {
  ACTIVE: "ouverte",
  PAUSED: "en pause",
  PENDING_OPENING: "ouvre bientôt",
  PREPARING: "se prépare",
};
const clock = new Intl.DateTimeFormat("fr", { dateStyle: "full", timeStyle: "short", timeZone: "Europe/Paris" });

function loge({ name, city, state, path, expertCount, page, events }) {
  const made = element("li");
  const title = element("h3");
  if (page) title.append(link(name, path));
  else title.textContent = name;
  made.append(title, element("p", `${city}, ${STATES[state]}${expertCount ? `, ${expertCount} experts` : ""}`));
  if (page) made.append(element("p", page.tagline, "price"), element("p", beginning(page.body)));
  const dates = element("ul");
  for (const { node } of events.edges) {
    const date = element("li");
    date.append(link(node.event.title, node.event.path), ` ${clock.format(new Date(node.startsAt))}`);
    if (node.state === "CANCELLED") date.append(" (annulé)");
    dates.append(date);
  }
  if (events.edges.length) made.append(dates);
  return made;
}

function beginning(body) {
  const { html } = body.map(({ text }) => text).find(Boolean) || { html: "" };
  const text = new DOMParser().parseFromString(html, "text/html").body.textContent;
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
}

(async () => {
  const place = $("loges");
  place.replaceChildren(element("p", "Chargement…"));
  try {
    const { loges } = await send({ query: kept("loges-query") });
    const cards = element("ul", "", "cards");
    for (const { node } of loges.edges) cards.append(loge(node));
    place.replaceChildren(cards);
  } catch (error) {
    place.replaceChildren(element("p", `Les loges n'ont pas pu être lues : ${error.message}`, "told"));
  }
})();
