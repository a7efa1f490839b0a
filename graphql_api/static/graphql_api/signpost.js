// The signpost's search box: asks the GraphQL API and shows the answer, and the query behind it.
"use strict";

const form = document.getElementById("search");
const answer = document.getElementById("answer");
const query = JSON.parse(document.getElementById("search-query").textContent);

const element = (tag, text, className) => {
  const made = document.createElement(tag);
  if (text) made.textContent = text;
  if (className) made.className = className;
  return made;
};

const list = (items) => new Intl.ListFormat("fr", { type: "conjunction" }).format(items);

async function send(body) {
  const response = await fetch(form.dataset.endpoint, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify(body),
  });
  const { data, errors } = await response.json();
  if (errors) throw new Error(errors[0].message);
  return data;
}

async function ask(input) {
  const variables = { input };
  document.getElementById("query").textContent = query;
  document.getElementById("variables").textContent = JSON.stringify(variables, null, 2);
  const explore = document.getElementById("explore");
  explore.href = `${form.dataset.endpoint}?query=${encodeURIComponent(query)}&variables=${encodeURIComponent(JSON.stringify(variables))}`;
  document.getElementById("behind").hidden = false;
  answer.replaceChildren(element("p", "Recherche en cours…"));
  try {
    const { searchExperts } = await send({ query, variables });
    answer.replaceChildren(...shown(searchExperts, input));
  } catch (error) {
    answer.replaceChildren(element("p", `La recherche n'a pas abouti : ${error.message}`, "told"));
  }
}

function shown(found, input) {
  return [understood(found, input), ...(found.edges.length ? [hits(found)] : [])];
}

function understood({ totalCount, understanding }, input) {
  const told = element("div", "", "told");
  const { services, places, corrections, question } = understanding;
  for (const { typed, read } of corrections) told.append(element("p", `« ${typed} » a été lu « ${read} ».`));
  if (services.length) told.append(element("p", `Compris : ${list(services.map(({ name }) => name))}.`));
  // A loge and its neighbourhood often bear one name: once is enough.
  const named = places.some(({ kind }) => kind !== "LOGE") ? places.filter(({ kind }) => kind !== "LOGE") : places;
  if (named.length) told.append(element("p", `Où : ${list(named.map(({ label }) => label))}.`));
  if (question) told.append(element("p", question.text), choices(question.choices, input));
  if (totalCount) {
    told.append(element("p", totalCount === 1 ? "Une personne peut vous aider." : `${totalCount} personnes peuvent vous aider.`));
  } else if (services.length) {
    told.append(element("p", "Personne ne le propose encore ici. Essayez sans préciser le quartier, ou parlez-en à la loge."));
  } else if (!question) {
    told.append(element("p", "Ce n'est pas (encore) ce que fait une loge. Essayez d'autres mots : « bricoleur », « ménage », « colis »…"));
  }
  return told;
}

function choices(services, input) {
  const row = element("div", "", "choices");
  for (const { slug, name } of services) {
    const button = element("button", name);
    button.type = "button";
    button.addEventListener("click", () => ask({ ...input, text: document.getElementById("where").value, services: [slug] }));
    row.append(button);
  }
  return row;
}

function hits({ edges }) {
  const made = element("ul", "", "hits");
  for (const { node } of edges) made.append(hit(node));
  return made;
}

function hit({ expert, whyHere, matchedServices }) {
  const made = element("li", "", "hit");
  made.append(face(expert), element("h3", `${expert.firstName} ${expert.initial}.`), element("p", expert.headline));
  const reasons = element("ul");
  for (const reason of whyHere) reasons.append(element("li", reason));
  const slugs = new Set(matchedServices.map(({ slug }) => slug));
  const offer = expert.offers.find(({ service }) => slugs.has(service.slug));
  if (offer) reasons.append(element("li", `${offer.title} : ${offer.price ? offer.price.formatted : "sur proposition"}`, "price"));
  reasons.append(element("li", expert.loge.name));
  made.append(reasons);
  return made;
}

function face({ photo, firstName, initial }) {
  if (!photo) return element("span", `${firstName[0]}${initial}`, "initials");
  const image = element("img");
  Object.assign(image, { src: photo.url, alt: "", width: 68, height: 68 });
  return image;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = `${form.elements.what.value} ${form.elements.where.value}`.trim();
  if (text) ask({ text });
  else form.elements.what.focus();
});

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

function link(text, path) {
  const made = element("a", text);
  made.href = path;
  return made;
}

function beginning(body) {
  const { html } = body.map(({ text }) => text).find(Boolean) || { html: "" };
  const text = new DOMParser().parseFromString(html, "text/html").body.textContent;
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
}

(async () => {
  const place = document.getElementById("loges");
  try {
    const { loges } = await send({ query: JSON.parse(document.getElementById("loges-query").textContent) });
    const cards = element("ul", "", "cards");
    for (const { node } of loges.edges) cards.append(loge(node));
    place.replaceChildren(cards);
  } catch (error) {
    place.replaceChildren(element("p", `Les loges n'ont pas pu être lues : ${error.message}`, "told"));
  }
})();
