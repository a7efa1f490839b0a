// What is asked for: kept in the page's address, so that reloading and going back work.

const NOTHING = { text: "", where: "", near: null, services: [], loge: "", languages: [], badges: [], freeOn: "", order: "RELEVANCE" };
const ORDERS = ["RELEVANCE", "RATING", "PRICE", "SOONEST", "DISTANCE"];
// A hundred metres or so: enough to find neighbours, and no more than an address bar should tell.
const DECIMALS = 3;

export const asked = (values) => ({ ...NOTHING, ...values });

export function read(address) {
  const given = new URLSearchParams(address);
  const near = point(given.get("near"));
  const order = given.get("order");
  return asked({
    text: (given.get("q") || "").trim().slice(0, 300),
    where: (given.get("where") || "").trim().slice(0, 80),
    near,
    services: given.getAll("service"),
    loge: given.get("loge") || "",
    languages: given.getAll("language"),
    badges: given.getAll("badge"),
    freeOn: given.get("free") || "",
    order: ORDERS.includes(order) && (order !== "DISTANCE" || near) ? order : "RELEVANCE",
  });
}

export function written({ text, where, near, services, loge, languages, badges, freeOn, order }) {
  const made = new URLSearchParams();
  const add = (name, values) => values.filter(Boolean).forEach((value) => made.append(name, value));
  add("q", [text]);
  add("where", [where]);
  add("near", [near && `${near.latitude},${near.longitude}`]);
  add("service", services);
  add("loge", [loge]);
  add("language", languages);
  add("badge", badges);
  add("free", [freeOn]);
  add("order", [order !== NOTHING.order && order]);
  return made.toString() ? `?${made}` : "";
}

export function around(latitude, longitude) {
  return { latitude: Number(latitude.toFixed(DECIMALS)), longitude: Number(longitude.toFixed(DECIMALS)) };
}

function point(given) {
  const [latitude, longitude, ...more] = (given || "").split(",").map((part) => (part.trim() ? Number(part) : NaN));
  return Number.isFinite(latitude) && Number.isFinite(longitude) && !more.length ? around(latitude, longitude) : null;
}

// The variables of the query: only what is asked for.
export function variables({ text, where, near, services, loge, languages, badges, freeOn, order }) {
  const input = { text: `${text} ${where}`.trim() };
  if (near) input.near = near;
  if (services.length) input.services = services;
  if (loge) input.loge = loge;
  if (languages.length) input.languages = languages;
  if (badges.length) input.badges = badges;
  if (freeOn) input.freeOn = freeOn;
  return { input, orderBy: order === "DISTANCE" && !near ? NOTHING.order : order };
}

export const isNarrowed = ({ near, services, loge, languages, badges, freeOn }) =>
  Boolean(near || services.length || loge || languages.length || badges.length || freeOn);

export const isNothing = (wanted) => !wanted.text && !wanted.where && !isNarrowed(wanted);

export const widened = ({ text, where, order }) => asked({ text, where, order: order === "DISTANCE" ? NOTHING.order : order });
