"use strict";
// Moves and filters the drawing that is in the page already. Text from sources goes into the page as text nodes only.
(() => {
  const { parties, ties } = JSON.parse(document.getElementById("data").textContent);
  const by = (id) => document.getElementById(id);
  const [picture, panel, tip, search, weakest] = ["picture", "panel", "tip", "search", "weakest"].map(by);
  const svg = picture.querySelector("svg");
  const SVG = "http://www.w3.org/2000/svg";
  const tiesOf = parties.map(() => []);
  ties.forEach((tie, at) => tie.ends.forEach((end) => tiesOf[end].push(at)));
  let pinned = null, kept = []; // the party that is kept beside the picture, or the ties

  const make = (tag, text = "", name = "") => {
    const element = document.createElement(tag);
    if (text) { element.textContent = text; element.dir = "auto"; }
    if (name) element.className = name;
    return element;
  };

  // What the groups of the drawing stand for
  const nodes = new Map();
  svg.querySelectorAll("[data-party]").forEach((group) => nodes.set(Number(group.dataset.party) - 1, group));
  const lines = [...svg.querySelectorAll("[data-ties]")].map((group) => {
    const its = group.dataset.ties.split(" ").map(Number);
    return { group, its, strength: Math.max(...its.map((at) => ties[at].strength)) };
  });
  const hubs = [...svg.querySelectorAll("[data-shared]")];
  svg.setAttribute("role", "group");
  svg.querySelectorAll("g > title").forEach((title) => {
    title.parentNode.setAttribute("aria-label", title.textContent);
    title.remove(); // the page has its own note for what is pointed at
  });
  for (const [at, group] of nodes) {
    group.setAttribute("tabindex", "0");
    group.setAttribute("role", "button");
    group.addEventListener("focus", () => bringIntoView(group));
    group.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); pin(at); }
    });
  }
  for (const { group } of lines) { // a thin line is hard to point at: a wide one lies over it unseen
    const line = group.querySelector("line");
    if (!line) continue;
    const grip = line.cloneNode();
    grip.setAttribute("class", "grip");
    ["stroke", "stroke-width", "stroke-dasharray"].forEach((name) => grip.removeAttribute(name));
    group.append(grip);
  }

  // The legend stays where it is while the drawing moves
  const legend = svg.querySelector("[data-legend]");
  const small = document.createElementNS(SVG, "svg");
  const room = legend.getBBox();
  small.setAttribute("viewBox", `${room.x} ${room.y - 3} ${room.width + 4} ${room.height + 6}`);
  small.setAttribute("preserveAspectRatio", "xMinYMid meet");
  small.setAttribute("font-family", svg.getAttribute("font-family"));
  small.append(legend);
  by("legend").append(small);

  // Pan and zoom, by the part of the plane that is shown
  svg.removeAttribute("width");
  svg.removeAttribute("height");
  const ground = svg.querySelector("rect");
  const whole = svg.getAttribute("viewBox").split(" ").map(Number);
  whole[3] = Math.max(room.y - 6 - whole[1], 60);
  let view = [...whole];
  const show = () => {
    svg.setAttribute("viewBox", view.join(" "));
    [["x", 0, -1], ["y", 1, -1], ["width", 2, 3], ["height", 3, 3]].forEach(([name, at, far]) =>
      ground.setAttribute(name, far < 0 ? view[at] - view[at + 2] : view[at] * far));
  };
  const scale = () => Math.min(svg.clientWidth / view[2], svg.clientHeight / view[3]) || 1;
  const zoom = (by, x = view[0] + view[2] / 2, y = view[1] + view[3] / 2) => {
    const least = whole[2] / 60, most = whole[2] * 4;
    const factor = Math.min(most, Math.max(least, view[2] * by)) / view[2];
    view = [x - (x - view[0]) * factor, y - (y - view[1]) * factor, view[2] * factor, view[3] * factor];
    show();
  };
  const move = (x, y) => { view[0] += x; view[1] += y; show(); };
  const placeOf = (event) => {
    const place = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    return [place.x, place.y];
  };
  const bringIntoView = (group) => {
    const box = group.getBBox(), x = box.x + box.width / 2, y = box.y + box.height / 2;
    const inside = x > view[0] && x < view[0] + view[2] && y > view[1] && y < view[1] + view[3];
    if (!inside) move(x - view[0] - view[2] / 2, y - view[1] - view[3] / 2);
  };
  picture.addEventListener("wheel", (event) => {
    event.preventDefault();
    zoom(Math.exp(Math.max(-1, Math.min(1, event.deltaY / 300))), ...placeOf(event));
  }, { passive: false });
  const held = new Map();
  let dragged = 0;
  picture.addEventListener("pointerdown", (event) => { held.set(event.pointerId, [event.clientX, event.clientY]); dragged = 0; });
  addEventListener("pointermove", (event) => {
    const before = held.get(event.pointerId);
    if (!before) return;
    const step = [event.clientX - before[0], event.clientY - before[1]];
    const apart = () => { const [a, b] = [...held.values()]; return Math.hypot(a[0] - b[0], a[1] - b[1]); };
    const was = held.size === 2 ? apart() : 0;
    held.set(event.pointerId, [event.clientX, event.clientY]);
    if (was) zoom(was / Math.max(apart(), 1)); else move(-step[0] / scale(), -step[1] / scale());
    dragged += Math.abs(step[0]) + Math.abs(step[1]);
    picture.classList.add("held");
    tip.hidden = true;
  });
  ["pointerup", "pointercancel"].forEach((name) => addEventListener(name, (event) => {
    held.delete(event.pointerId);
    if (!held.size) picture.classList.remove("held");
  }));

  // What a party is and what a tie rests on
  const days = (tie) => (tie.days[0] || tie.days[1] ? `${tie.days[0] || "…"} to ${tie.days[1] || "…"}` : "");
  const firmness = (tie) => [tie.strength ? `strength ${tie.strength.toFixed(2)}` : "denied", tie.past, days(tie)].filter(Boolean).join(", ");
  const aboutParty = (into, party) => {
    into.append(make("p", `${party.kind}, ${party.start ? "the start" : `${party.steps} ${party.steps === 1 ? "step" : "steps"} from the start${party.reach ? `, reached ${party.reach.toFixed(2)}` : ""}`}`, "soft"));
    into.append(party.listed.length ? make("p", `Listed: ${party.listed.join(", ")}`, "listed") : make("p", "Its record prints no listing.", "soft"));
  };
  const aboutTie = (into, tie, most) => {
    into.append(make("p", [tie.what, tie.value].filter(Boolean).join(": ")), make("p", firmness(tie), "soft"));
    for (const { words, place } of tie.said.slice(0, most)) {
      const quote = make("blockquote");
      quote.append(make("div", `“${words}”`), make("div", place, "soft"));
      into.append(quote);
    }
    const more = tie.more + Math.max(0, tie.said.length - most);
    if (more) into.append(make("p", `and ${more} more`, "soft"));
  };
  const go = (at) => {
    const button = make("button", `${at + 1}. ${parties[at].name}`);
    button.type = "button";
    button.addEventListener("click", () => { pin(at); if (nodes.has(at)) bringIntoView(nodes.get(at)); });
    return button;
  };
  const list = (items) => { const all = make("ul"); items.forEach((item) => all.append(item)); return all; };
  const between = (at) => {
    const item = make("li"), [from, to] = ties[at].ends;
    item.append(go(from), make("span", ties[at].kind === "link" ? " to " : " and "), go(to));
    aboutTie(item, ties[at], 20);
    return item;
  };
  const help = [...panel.children];
  const tell = () => {
    panel.replaceChildren();
    if (kept.length) {
      panel.append(make("h2", kept.length === 1 ? "One tie" : `${kept.length} ties`), list(kept.slice(0, 200).map(between)));
      if (kept.length > 200) panel.append(make("p", `and ${kept.length - 200} more`, "soft"));
      panel.scrollTop = 0;
      return undefined;
    }
    if (pinned === null && !search.value.trim()) {
      return panel.append(...help, list(parties.slice(0, 300).map((_, at) => { const item = make("li"); item.append(go(at)); return item; })));
    }
    if (pinned === null) {
      const found = parties.map((_, at) => at).filter(matches);
      panel.append(make("h2", `${found.length} found`));
      return panel.append(list(found.slice(0, 200).map((at) => { const item = make("li"); item.append(go(at)); aboutParty(item, parties[at]); return item; })));
    }
    const party = parties[pinned];
    panel.append(make("h2", `${pinned + 1}. ${party.name}`));
    aboutParty(panel, party);
    const others = party.names.filter((name) => name !== party.name);
    if (others.length) panel.append(make("p", `Also: ${others.join("; ")}`));
    panel.append(make("p", `Sources: ${party.sources.join(", ")}`), make("p", `Records: ${party.records.join(", ")}`));
    const its = tiesOf[pinned].filter((at) => ties[at].strength >= Number(weakest.value));
    const hidden = tiesOf[pinned].length - its.length;
    panel.append(make("p", `${its.length} ties${hidden ? `, ${hidden} weaker ones not shown` : ""}`));
    panel.append(list(its.map((at) => {
      const item = make("li"), [from, to] = ties[at].ends;
      item.append(make("span", ties[at].kind !== "link" ? "with " : from === pinned ? "to " : "from "), go(from === pinned ? to : from));
      aboutTie(item, ties[at], 6);
      return item;
    })));
    panel.scrollTop = 0;
  };

  // What is shown: ties that are strong enough, parties that these lead to, what is searched, what is pinned
  const matches = (at) => {
    const words = search.value.trim().toLowerCase(), party = parties[at];
    return [party.name, ...party.names, party.id, ...party.records, ...party.sources, party.kind, ...party.listed]
      .some((each) => each.toLowerCase().includes(words));
  };
  const reached = (least) => {
    const seen = new Set(parties.flatMap((party, at) => (party.start ? [at] : []))), waiting = [...seen];
    while (waiting.length) for (const at of tiesOf[waiting.pop()]) {
      if (ties[at].strength < least) continue;
      for (const end of ties[at].ends) if (!seen.has(end)) { seen.add(end); waiting.push(end); }
    }
    return seen;
  };
  const refresh = () => {
    const least = Number(weakest.value), asked = search.value.trim();
    const there = least > 0 ? reached(least) : new Set(parties.keys());
    const near = kept.length ? new Set(kept.flatMap((at) => ties[at].ends)) : pinned === null ? null : new Set([pinned, ...tiesOf[pinned].filter((at) => ties[at].strength >= least).flatMap((at) => ties[at].ends)]);
    const isShown = (at) => ties[at].strength >= least && ties[at].ends.every((end) => there.has(end));
    by("least").textContent = least.toFixed(2);
    for (const [at, group] of nodes) {
      const found = asked !== "" && matches(at);
      group.classList.toggle("off", !there.has(at));
      group.classList.toggle("dim", near ? !near.has(at) : asked !== "" && !found);
      group.classList.toggle("found", found);
      group.classList.toggle("pinned", at === pinned);
      group.setAttribute("aria-pressed", String(at === pinned));
    }
    for (const { group, its } of lines) {
      group.classList.toggle("off", !its.some(isShown));
      const isNear = kept.length ? its.some((at) => kept.includes(at)) : its.some((at) => ties[at].ends.includes(pinned));
      group.classList.toggle("dim", near ? !isNear : asked !== "");
    }
    for (const hub of hubs) {
      const spokes = lines.filter(({ group }) => group.dataset.hub === hub.dataset.shared);
      hub.classList.toggle("off", spokes.every(({ group }) => group.classList.contains("off")));
      hub.classList.toggle("dim", spokes.every(({ group }) => group.classList.contains("dim")));
    }
    by("shown").textContent = `${there.size} of ${parties.length} parties, ${ties.filter((_, at) => isShown(at)).length} of ${ties.length} ties`;
    tell();
  };
  const pin = (at) => { pinned = at === pinned ? null : at; kept = []; refresh(); };
  const keep = (its) => { pinned = null; kept = its.join() === kept.join() ? [] : its; refresh(); };

  svg.addEventListener("click", (event) => {
    if (dragged > 5) return;
    const group = event.target.closest("[data-party]"), line = event.target.closest("[data-ties]");
    if (group) pin(Number(group.dataset.party) - 1);
    else if (line) keep(line.dataset.ties.split(" ").map(Number));
    else if (kept.length) keep(kept);
    else if (pinned !== null) pin(pinned);
  });
  svg.addEventListener("pointermove", (event) => {
    const party = event.target.closest("[data-party]"), line = event.target.closest("[data-ties]");
    tip.hidden = held.size > 0 || !(party || line);
    if (tip.hidden) return;
    tip.replaceChildren();
    if (party) {
      const at = Number(party.dataset.party) - 1;
      tip.append(make("strong", `${at + 1}. ${parties[at].name}`));
      aboutParty(tip, parties[at]);
      tip.append(make("p", `${tiesOf[at].length} ties; ${parties[at].sources.join(", ")}`, "soft"));
    } else {
      const its = line.dataset.ties.split(" ").map(Number);
      const ends = new Set(its.flatMap((at) => ties[at].ends));
      if (ends.size > 2) tip.append(make("strong", `${its.length} ${its.length === 1 ? "tie" : "ties"}`));
      else if (!line.dataset.hub) tip.append(make("strong", ties[its[0]].ends.map((end) => parties[end].name).join(" – ")));
      its.slice(0, 2).forEach((at) => aboutTie(tip, ties[at], 2));
      if (its.length > 2) tip.append(make("p", `and ${its.length - 2} more ties`, "soft"));
    }
    tip.style.left = `${Math.max(0, Math.min(event.clientX + 14, innerWidth - tip.offsetWidth - 6))}px`;
    tip.style.top = `${Math.max(0, Math.min(event.clientY + 14, innerHeight - tip.offsetHeight - 6))}px`;
  });
  svg.addEventListener("pointerleave", () => { tip.hidden = true; });

  const theme = (name) => {
    document.documentElement.dataset.theme = name;
    by("theme").textContent = name === "dark" ? "light" : "dark";
  };
  const turn = () => theme(document.documentElement.dataset.theme === "dark" ? "light" : "dark");
  const all = () => { view = [...whole]; show(); };
  const keys = {
    "+": () => zoom(0.8), "=": () => zoom(0.8), "-": () => zoom(1.25), "0": all, d: turn,
    "/": () => search.focus(),
    ArrowLeft: () => move(-view[2] / 12, 0), ArrowRight: () => move(view[2] / 12, 0),
    ArrowUp: () => move(0, -view[3] / 12), ArrowDown: () => move(0, view[3] / 12),
    Escape: () => { search.value = ""; pinned = null; kept = []; refresh(); },
  };
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    if (event.target.closest("input") && event.key !== "Escape") return;
    if (event.target.closest("#panel") && event.key.startsWith("Arrow")) return;
    event.preventDefault();
    keys[event.key]();
  });
  by("in").addEventListener("click", keys["+"]);
  by("out").addEventListener("click", keys["-"]);
  by("all").addEventListener("click", all);
  by("theme").addEventListener("click", turn);
  search.addEventListener("input", () => { pinned = null; kept = []; refresh(); });
  weakest.addEventListener("input", refresh);

  // On paper: the whole picture in ink on white, then every party and every tie with its sources
  let before = null;
  addEventListener("beforeprint", () => {
    before = [document.documentElement.dataset.theme, [...view]];
    theme("light");
    all();
    by("paper").replaceChildren(make("h2", "Parties"), list(parties.map((party, at) => {
      const item = make("li");
      item.append(make("strong", `${at + 1}. ${party.name}`));
      aboutParty(item, party);
      item.append(make("p", `Sources: ${party.sources.join(", ")}. Records: ${party.records.join(", ")}`, "soft"));
      return item;
    })), make("h2", "Ties"), list(ties.map((tie) => {
      const item = make("li");
      item.append(make("strong", tie.ends.map((end) => `${end + 1}. ${parties[end].name}`).join(tie.kind === "link" ? " → " : " – ")));
      aboutTie(item, tie, 3);
      return item;
    })));
  });
  addEventListener("afterprint", () => {
    by("paper").replaceChildren();
    theme(before[0]);
    view = before[1];
    show();
  });
  theme(matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  by("controls").hidden = false;
  show();
  refresh();
})();
