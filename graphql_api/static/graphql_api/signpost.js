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

async function ask(input) {
  const variables = { input };
  document.getElementById("query").textContent = query;
  document.getElementById("variables").textContent = JSON.stringify(variables, null, 2);
  const explore = document.getElementById("explore");
  explore.href = `${form.dataset.endpoint}?query=${encodeURIComponent(query)}&variables=${encodeURIComponent(JSON.stringify(variables))}`;
  document.getElementById("behind").hidden = false;
  answer.replaceChildren(element("p", "Recherche en cours…"));
  try {
    const response = await fetch(form.dataset.endpoint, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = await response.json();
    if (errors) throw new Error(errors[0].message);
    answer.replaceChildren(...shown(data.searchExperts, input));
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
  if (places.length) told.append(element("p", `Où : ${list(places.map(({ label }) => label))}.`));
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
