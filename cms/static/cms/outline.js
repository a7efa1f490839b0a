// Draws an outline on a map without tiles: the outline, its circle, the neighbours, a scale. The text below the map is
// the value; the map follows what is typed there, and writes what is drawn there.
(() => {
  const EARTH_M = 6371008.7714;
  const METRES = (EARTH_M * Math.PI) / 180; // of a degree of latitude
  const WIDTH = 600;
  const HEIGHT = 400;
  const SVG = "http://www.w3.org/2000/svg";

  function make(tag, attributes, text) {
    const made = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    if (text) made.textContent = text;
    return made;
  }

  // The rings of a GeoJSON value without their closing corners, or null where it is no outline.
  function ringsOf(value) {
    if (value?.type === "FeatureCollection" && value.features?.length === 1) value = value.features[0];
    if (value?.type === "Feature") value = value.geometry;
    const polygons = value?.type === "Polygon" ? [value.coordinates] : value?.type === "MultiPolygon" ? value.coordinates : null;
    if (!Array.isArray(polygons)) return null;
    const isPosition = (corner) => Array.isArray(corner) && corner.length > 1 && Number.isFinite(corner[0])
      && Number.isFinite(corner[1]) && Math.abs(corner[0]) <= 180 && Math.abs(corner[1]) <= 90;
    const isRing = (ring) => Array.isArray(ring) && ring.length > 3 && ring.every(isPosition);
    if (!polygons.length || !polygons.every((one) => Array.isArray(one) && one.length && one.every(isRing))) return null;
    return polygons.map((one) => one.map((ring) => ring.slice(0, -1).map(([x, y]) => [x, y])));
  }

  function textOf(polygons) {
    const round = (number) => Math.round(number * 1e6) / 1e6;
    const closed = polygons
      .map((rings) => rings.filter((ring) => ring.length > 2).map((ring) => [...ring, ring[0]].map((corner) => corner.map(round))))
      .filter((rings) => rings.length);
    if (!closed.length) return "";
    return JSON.stringify(closed.length === 1 ? { type: "Polygon", coordinates: closed[0] } : { type: "MultiPolygon", coordinates: closed });
  }

  function start(root) {
    const text = root.querySelector("textarea");
    const told = root.querySelector(".outline-map__told");
    const tools = root.querySelector(".outline-map__tools");
    const { home, others } = JSON.parse(root.querySelector("script[type='application/json']").textContent);
    const circleFields = root.dataset.circle.split(" ").filter(Boolean).map((name) => text.form.elements[name]);
    const svg = make("svg", { class: "outline-map__picture", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img" });
    const layers = ["back", "over"].map(() => svg.appendChild(make("g", {})));
    let polygons = []; // of rings of [longitude, latitude]
    let chosen = null; // a corner: [polygon, ring, number]
    let isDrawing = false;
    let isFresh = false; // the next corner begins another outline
    let before = []; // what was drawn earlier, for "Annuler"
    let view; // { x, y: the middle in degrees, scale: units per metre }

    const eastM = () => METRES * Math.cos((view.y * Math.PI) / 180);
    const at = ([x, y]) => [WIDTH / 2 + (x - view.x) * eastM() * view.scale, HEIGHT / 2 - (y - view.y) * METRES * view.scale];
    const from = ([x, y]) => [view.x + (x - WIDTH / 2) / view.scale / eastM(), view.y - (y - HEIGHT / 2) / view.scale / METRES];
    const path = (rings) => rings.map((ring) => `M${ring.map((corner) => at(corner).map((n) => n.toFixed(1)).join(" ")).join("L")}Z`).join("");

    function circle() {
      const [latitude, longitude, radius] = circleFields.map((field) => parseFloat(field.value.replace(",", ".")));
      if (Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180) return { center: [longitude, latitude], radius: radius || 900 };
      return null;
    }

    function around(place) { // a circle as a ring
      const [x, y] = place.center;
      const across = Math.max(Math.cos((y * Math.PI) / 180), 0.01);
      return Array.from({ length: 64 }, (_, n) => [
        x + (place.radius / METRES / across) * Math.cos((n * Math.PI) / 32),
        y + (place.radius / METRES) * Math.sin((n * Math.PI) / 32),
      ]);
    }

    const outlineOf = (place) => (place.outline && ringsOf(place.outline)?.flat()) || [around(place)];

    function fit() {
      const own = [...polygons.flat(2), ...(circle() ? around(circle()) : [])];
      const saved = home ? outlineOf(home).flat() : [];
      const shown = own.length ? own : saved.length ? saved : others.flatMap((one) => outlineOf(one).flat());
      const [xs, ys] = [0, 1].map((n) => (shown.length ? shown.map((corner) => corner[n]) : n ? [42, 51] : [-5, 8]));
      const [west, east, south, north] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
      view = { x: (west + east) / 2, y: (south + north) / 2, scale: 1 };
      view.scale = Math.min(WIDTH / Math.max((east - west) * eastM(), 200), HEIGHT / Math.max((north - south) * METRES, 200)) / 1.5;
    }

    function zoom(by, point = [WIDTH / 2, HEIGHT / 2]) {
      const [x, y] = from(point);
      view.scale = Math.min(Math.max(view.scale * by, 0.00005), 5);
      const [newX, newY] = from(point);
      view.x += x - newX;
      view.y = Math.min(Math.max(view.y + y - newY, -85), 85);
      draw();
    }

    function bar() {
      const most = WIDTH / 4 / view.scale;
      const power = 10 ** Math.floor(Math.log10(Math.max(most, 1)));
      const length = [5, 2, 1].map((step) => step * power).find((one) => one <= Math.max(most, 1));
      const group = make("g", { class: "outline-map__scale", transform: `translate(16 ${HEIGHT - 16})` });
      group.append(make("path", { d: `M0 -6V0H${length * view.scale}V-6` }), make("text", { x: 4, y: -8 }, length < 1000 ? `${length} m` : `${length / 1000} km`));
      const north = make("g", { class: "outline-map__north", transform: `translate(${WIDTH - 24} 34)` });
      north.append(make("path", { d: "M0 8V-16M-5 -9L0 -18L5 -9" }), make("text", { y: 32 }, "N"));
      return [group, north];
    }

    function draw() {
      const [back, over] = layers;
      back.replaceChildren();
      over.replaceChildren();
      for (const one of others) {
        const rings = outlineOf(one);
        const [x, y] = at(one.center);
        back.append(make("path", { class: "outline-map__other", d: path(rings), "fill-rule": "evenodd" }), make("text", { class: "outline-map__name", x, y }, one.name));
      }
      if (circle()) back.append(make("path", { class: "outline-map__circle", d: path([around(circle())]) }));
      back.append(make("path", { class: "outline-map__outline", d: path(polygons.flat()), "fill-rule": "evenodd" }));
      polygons.forEach((rings, p) => rings.forEach((ring, r) => ring.forEach((corner, c) => {
        const isChosen = chosen && chosen.join() === [p, r, c].join();
        if (ring.length > 2 || c + 1 < ring.length) {
          const next = ring[(c + 1) % ring.length];
          const [x, y] = at([(corner[0] + next[0]) / 2, (corner[1] + next[1]) / 2]);
          over.append(make("circle", { class: "outline-map__between", cx: x, cy: y, r: 5, "data-between": [p, r, c] }));
        }
        const [x, y] = at(corner);
        over.append(make("circle", { class: `outline-map__corner${isChosen ? " is-chosen" : ""}`, cx: x, cy: y, r: 8, "data-corner": [p, r, c] }));
      })));
      over.append(...bar());
      const corners = polygons.flat(2).length;
      svg.setAttribute("aria-label", corners ? `Carte\u00a0: un contour de ${corners} coins` : "Carte\u00a0: aucun contour dessiné");
    }

    const say = (words) => { if (told.textContent !== words) told.textContent = words; };

    function keep() { // what is there, before it changes
      before.push(JSON.stringify(polygons));
    }

    function write() {
      text.value = textOf(polygons);
      const corners = polygons.flat(2).length;
      say(corners && corners < 3 ? `Encore ${3 - corners} coin${corners < 2 ? "s" : ""} au moins.` : isDrawing ? "Cliquez pour ajouter un coin\u00a0; sur le premier pour finir." : "");
      text.dispatchEvent(new Event("change", { bubbles: true }));
    }

    function read() {
      chosen = null;
      setDrawing(false);
      let value = null;
      try { value = text.value.trim() ? JSON.parse(text.value) : undefined; } catch { /* told below */ }
      const found = value === undefined ? [] : ringsOf(value);
      if (found === null) return say("Ce texte ne se lit pas encore comme un contour\u00a0: la carte montre le dernier qui se lisait.");
      keep();
      polygons = found;
      say("");
      fit();
      draw();
    }

    function setDrawing(is) {
      isDrawing = isFresh = is;
      const button = tools.querySelector("[data-do='draw']");
      button.setAttribute("aria-pressed", is);
      button.textContent = is ? "Finir" : "Dessiner";
      svg.classList.toggle("is-drawing", is);
    }

    const point = (event) => { // where the pointer is, in the map's own units
      const box = svg.getBoundingClientRect();
      return [((event.clientX - box.left) / box.width) * WIDTH, ((event.clientY - box.top) / box.height) * HEIGHT];
    };
    const pointers = new Map();
    let dragged = null; // the corner that is dragged
    let hasMoved = false;

    svg.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      const corner = isFresh ? undefined : event.target.dataset?.corner ?? event.target.dataset?.between;
      svg.setPointerCapture(event.pointerId);
      pointers.set(event.pointerId, point(event));
      hasMoved = pointers.size > 1;
      dragged = null;
      if (pointers.size > 1 || !corner) return;
      const [p, r, c] = corner.split(",").map(Number);
      if (isDrawing && event.target.dataset.corner && c === 0 && polygons[p][r].length > 2) { setDrawing(false); write(); draw(); return; }
      keep();
      if (event.target.dataset.between) {
        polygons[p][r].splice(c + 1, 0, from(point(event)));
        chosen = [p, r, c + 1];
      } else chosen = [p, r, c];
      dragged = chosen;
      draw();
    });

    svg.addEventListener("pointermove", (event) => {
      const last = pointers.get(event.pointerId);
      if (!last) return;
      const now = point(event);
      if (!hasMoved && Math.hypot(now[0] - last[0], now[1] - last[1]) < 4) return;
      hasMoved = true;
      pointers.set(event.pointerId, now);
      if (pointers.size === 2) {
        const other = [...pointers].find(([id]) => id !== event.pointerId)[1];
        const apart = (one) => Math.hypot(one[0] - other[0], one[1] - other[1]);
        zoom(apart(now) / Math.max(apart(last), 1), other);
      } else if (dragged) {
        const [p, r, c] = dragged;
        polygons[p][r][c] = from(now);
        draw();
      } else {
        const [x, y] = from(last);
        const [newX, newY] = from(now);
        view.x += x - newX;
        view.y = Math.min(Math.max(view.y + y - newY, -85), 85);
        draw();
      }
    });

    function lift(event) {
      if (!pointers.delete(event.pointerId)) return;
      if (dragged) { dragged = null; write(); draw(); return; }
      if (event.type === "pointercancel" || hasMoved || !isDrawing) return;
      keep();
      if (isFresh || !polygons.length) polygons = [[[]]];
      isFresh = false;
      polygons[0][0].push(from(point(event)));
      chosen = [0, 0, polygons[0][0].length - 1];
      write();
      draw();
    }
    svg.addEventListener("pointerup", lift);
    svg.addEventListener("pointercancel", lift);
    svg.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.metaKey) return; // the page scrolls
      event.preventDefault();
      zoom(event.deltaY < 0 ? 1.2 : 1 / 1.2, point(event));
    }, { passive: false });

    const doing = {
      draw() {
        setDrawing(!isDrawing);
        chosen = null;
        const warning = polygons.length ? "\u00a0; le contour d'avant laissera la place" : "";
        say(isDrawing ? `Cliquez pour poser le premier coin${warning}.` : "");
      },
      undo() {
        if (!before.length) return;
        polygons = JSON.parse(before.pop());
        chosen = null;
        write();
      },
      remove() {
        if (!chosen) return say("Choisissez d'abord un coin sur la carte.");
        keep();
        const [p, r, c] = chosen;
        polygons[p][r].splice(c, 1);
        chosen = null;
        write();
      },
      clear() {
        keep();
        polygons = [];
        chosen = null;
        setDrawing(false);
        write();
      },
      in: () => zoom(1.5),
      out: () => zoom(1 / 1.5),
      fit,
    };
    tools.addEventListener("click", (event) => {
      const name = event.target.closest("[data-do]")?.dataset.do;
      if (!name) return;
      doing[name]();
      draw();
    });

    text.addEventListener("input", read);
    for (const field of circleFields) field.addEventListener("input", () => { fit(); draw(); });
    root.querySelector(".outline-map__screen").replaceChildren(svg);
    tools.hidden = false;
    fit();
    read();
    before = [];
  }

  const startAll = () => document.querySelectorAll("[data-outline-map]").forEach(start);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", startAll);
  else startAll();
})();
