// What moves on the queue while somebody looks at it; the page works without it.

const $ = (selector, root = document) => root.querySelector(selector);

// Live counts: <div data-queue="/cases/counts?..">, numbers in [data-count="views.mine"]. Rows never move under the hand: what is
// new is announced in [data-fresh]. Nobody asks while nobody is there, or a session would never end.

const LOOK_EVERY_MS = 30_000;
const THERE_FOR_MS = 10 * 60_000;

function keepLooking(queue) {
  let touched = Date.now();
  for (const sign of ["keydown", "pointermove", "scroll"]) addEventListener(sign, () => { touched = Date.now(); }, { passive: true });
  const look = async () => {
    if (document.hidden || Date.now() - touched > THERE_FOR_MS) return;
    try {
      const answer = await fetch(queue.dataset.queue, { headers: { accept: "application/json" } });
      if (answer.ok && !answer.redirected) show(queue, await answer.json());
    } catch (error) {
      console.warn("counts could not be loaded", error); // The network comes back, or the page is loaded again.
    }
  };
  setInterval(look, LOOK_EVERY_MS);
  document.addEventListener("visibilitychange", look);
}

function show(queue, now) {
  for (const place of queue.querySelectorAll("[data-count]")) {
    const [of, name] = place.dataset.count.split(".");
    place.textContent = now[of][name] ?? place.textContent;
  }
  const shown = new Set([...queue.querySelectorAll("[data-reference]")].map((row) => row.dataset.reference));
  // On a full page what comes behind the last row only moved up.
  const end = $("[rel=next]", queue) ? now.rows.findLastIndex((reference) => shown.has(reference)) : now.rows.length;
  announce($("[data-fresh]", queue), now.rows.slice(0, Math.max(end, 0)).filter((reference) => !shown.has(reference)).length);
}

function announce(fresh, n) {
  if (!n) return fresh.replaceChildren();
  const words = fresh.dataset[new Intl.PluralRules(document.documentElement.lang).select(n)] ?? fresh.dataset.other;
  const link = Object.assign(document.createElement("a"), { href: location.href, textContent: fresh.dataset.show });
  fresh.replaceChildren(words.replace(/\d+/, n), " ", link);
}

keepLooking($("[data-queue]"));
