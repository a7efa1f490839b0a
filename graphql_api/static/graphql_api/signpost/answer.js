// The search's answer, as people read it.
import { button, day, distance, element, link, list, listOf, number } from "./page.js";

// The API tells these in `whyHere` as well as in fields of their own, which the card shows at a better place.
const SHOWN_ELSEWHERE = /^(À moins de|Libre|Noté) /;

const UNITS = {
  HOUR: "/\u00a0heure",
  HALF_HOUR: "/\u00a0demi-heure",
  VISIT: "/\u00a0visite",
  FLAT: "au\u00a0forfait",
  DAY: "/\u00a0journée",
  NIGHT: "/\u00a0nuit",
  ITEM: "/\u00a0pièce",
};

export function price({ price: amount, unit }) {
  if (!amount) return "sur devis";
  return UNITS[unit] ? `${amount.formatted}\u00a0${UNITS[unit]}` : amount.formatted;
}

export function told({ totalCount, isTotalCapped, understanding, help }, wanted) {
  const { corrections } = understanding;
  const made = corrections.map(({ typed, read }) => element("p", `Lu « ${read} » au lieu de « ${typed} »`));
  const understood = meaning(understanding, wanted);
  if (understood) made.push(element("p", `Compris : ${understood}`));
  const beside = unknownPlace({ understanding, totalCount }, wanted) ? wanted.where.toLowerCase() : "";
  const missed = notUnderstood(understanding.ignored.filter((word) => !beside.includes(word.toLowerCase())));
  if (missed) made.push(element("p", missed));
  if (question(understanding, wanted)) {
    const asked = element("p", understanding.question.text, "question");
    asked.id = "question";
    made.push(asked);
  }
  if (help?.text) made.push(element("p", help.text));
  if (totalCount) made.push(element("p", total(totalCount, isTotalCapped), "total"));
  return made;
}

function total(count, isCapped) {
  if (isCapped) return `Plus de ${number(count)} personnes`;
  return `${number(count)} personne${count > 1 ? "s" : ""}`;
}

function meaning({ services, places, question: back }, { services: chosen, near }) {
  const answers = back ? back.choices.filter(({ slug }) => chosen.includes(slug)) : [];
  const names = (answers.length ? answers : services).map(({ name }) => name);
  const parts = names.length ? [list(names)] : [];
  // A loge and its neighbourhood often bear one name: once is enough. All that is given holds together.
  const named = places.some(({ kind }) => kind !== "LOGE") ? places.filter(({ kind }) => kind !== "LOGE") : places;
  if (near) parts.push("près de vous");
  if (named.length) parts.push(`à ${list(named.map(({ label }) => label))}`);
  return names.length || named.length ? parts.join(" · ") : "";
}

export const notUnderstood = (words) => (words.length ? `Non compris : ${list(words.map((word) => `« ${word} »`))}` : "");

const hasPlace = ({ places }, { near, loge }) => Boolean(places.length || near || loge);

// What to say beside the place that was typed, when it is none that the API knows.
export function unknownPlace({ understanding, totalCount }, wanted) {
  if (!wanted.where || understanding.places.length) return "";
  const instead = totalCount && !hasPlace(understanding, wanted) ? " : voici tout le réseau" : "";
  return `Nous ne connaissons pas le lieu « ${wanted.where} »${instead}.`;
}

// The question to ask back, unless it is answered already.
export function question({ question: back }, { services }) {
  return back && !back.choices.some(({ slug }) => services.includes(slug)) ? back : null;
}

export function choices(back, choose) {
  const row = element("div", "", "choices");
  row.setAttribute("role", "group");
  row.setAttribute("aria-labelledby", "question");
  row.append(...back.choices.map(({ slug, name }) => button(name, () => choose(slug))));
  return row;
}

export function examples(texts, choose) {
  const row = element("div", "", "choices");
  row.append(...texts.map((text) => button(text, () => choose(text))));
  return row;
}

export function hit({ expert, distanceMeters, freeOn, whyHere, highlights, matchedServices }, heading = "h3") {
  const made = element("li", "", "hit");
  made.tabIndex = -1;
  const head = element("div", "", "head");
  const name = element(heading, `${expert.firstName} ${expert.initial}.`);
  head.append(name, element("p", expert.headline));
  const place = element("p", "", "place");
  place.append(link(expert.loge.name, expert.loge.path));
  if (distanceMeters !== null) place.append(" · ", element("span", `à moins de ${distance(distanceMeters)}`, "whole"));
  head.append(place);
  made.append(face(expert), head);
  const facts = element("p", "", "facts");
  if (expert.rating) facts.append(stars(expert.rating));
  if (freeOn) facts.append(element("span", `Libre ${day(freeOn)}`, "free"));
  if (facts.childNodes.length) made.append(facts);
  const offer = offered(expert.offers, matchedServices);
  if (offer) made.append(element("p", `${offer.title} : ${price(offer)}`, "price"));
  const reasons = whyHere.filter((reason) => !SHOWN_ELSEWHERE.test(reason));
  if (reasons.length) made.append(listOf(reasons.map((reason) => element("li", reason)), "reasons"));
  made.append(...highlights.map(quoted));
  return made;
}

function face({ photo, firstName, initial }) {
  if (!photo) {
    const initials = element("span", `${firstName[0]}${initial}`, "initials");
    initials.setAttribute("aria-hidden", "true");
    return initials;
  }
  const image = element("img");
  Object.assign(image, { src: photo.url, alt: "", width: 68, height: 68 });
  return image;
}

function stars({ average, count }) {
  const made = element("span", "", "rating");
  const star = element("span", "★");
  star.setAttribute("aria-hidden", "true");
  made.append(star, ` ${number(average, 1)} sur 5 (${number(count)} avis)`);
  return made;
}

function offered(offers, matched) {
  const slugs = matched.map(({ slug }) => slug);
  for (const slug of slugs) {
    const found = offers.find(({ service }) => service.slug === slug);
    if (found) return found;
  }
  return undefined;
}

// A sentence of theirs. The API promises safe HTML; only its text and its marks get through all the same.
function quoted(html) {
  const made = element("blockquote");
  for (const node of new DOMParser().parseFromString(html, "text/html").body.childNodes) {
    if (node.nodeName === "MARK") made.append(element("mark", node.textContent));
    else made.append(node.textContent);
  }
  return made;
}

export function help({ understanding, help: { nearestLoges, neighbourOffers, ways } }, wanted, otherWords) {
  const made = [];
  if (neighbourOffers.length) {
    const title = hasPlace(understanding, wanted) ? "Ils le proposent ailleurs" : "Ils le proposent";
    made.push(element("h3", title), listOf(neighbourOffers.map((offer) => hit(offer, "h4")), "hits"));
  }
  if (nearestLoges.length) made.push(element("h3", "Les loges les plus proches"), listOf(nearestLoges.map(neighbour), "plain"));
  if (ways.length) made.push(element("h3", "Et maintenant ?"), listOf(ways.map((way) => wayOn(way, otherWords)), "ways"));
  return made;
}

function neighbour({ loge, distanceMeters }) {
  const made = element("li");
  made.append(link(loge.name, loge.path), `, ${loge.city}, ${distanceMeters ? `à moins de ${distance(distanceMeters)}` : "ici même"}`);
  return made;
}

function wayOn({ label, url }, otherWords) {
  const made = element("li");
  made.append(url ? link(label, url) : button(label, otherWords, "quiet"));
  return made;
}
