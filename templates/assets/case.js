// What makes the case page nicer where there is JavaScript: replies that count down, who else is here, saved answers at
// the cursor, similar cases. The page works without it.

const $ = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];

// The parts of the page that change by themselves are put in anew: elements with an id and data-live. What is being
// typed stays; the forms then know that the reader has seen what is new.

async function load(address) {
  const answer = await fetch(address, { headers: { accept: "text/html" } });
  if (!answer.ok) throw new Error(`${answer.status} for ${address}`);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

async function refresh(looks = 0) {
  const fresh = await load(location.pathname);
  for (const part of all("[data-live]")) {
    const now = $(`#${part.id}`, fresh);
    if (now) part.replaceWith(document.adoptNode(now));
  }
  const seen = $("[name=seen]", fresh)?.value;
  for (const field of all("[name=seen]")) field.value = seen ?? field.value;
  for (const link of all("a[href*='?seen=']")) link.search = `?seen=${seen}`;
  countDown(looks);
}

// <li data-goes-out="10"><span data-countdown="is going out now">goes out in 10 s</span>

const LOOK_AGAIN_MS = 1500;
const LOOKS = 5;
let counting = 0;

function countDown(looks = 0) {
  clearInterval(counting);
  const waiting = all("[data-goes-out]").map((item) => ({ item, at: performance.now() + Number(item.dataset.goesOut) * 1000 }));
  if (!waiting.length) return;
  counting = setInterval(() => {
    const left = waiting.map(({ item, at }) => show(item, Math.ceil((at - performance.now()) / 1000)));
    if (Math.min(...left) > 0) return;
    clearInterval(counting);
    // It may take the server a moment to send it.
    if (looks < LOOKS) setTimeout(() => refresh(looks + 1).catch(report), LOOK_AGAIN_MS);
  }, 250);
}

function show(item, seconds) {
  const words = $("[data-countdown]", item);
  if (seconds > 0) words.textContent = words.textContent.replace(/\d+/, seconds);
  else words.textContent = words.dataset.countdown;
  return seconds;
}

// Who else is here: <div data-presence="/cases/F-.../presence">. Said while the page is looked at.

const SAY_EVERY_MS = 15_000;
const AWAY_AFTER_MS = 10 * 60_000; // A page nobody touches says nothing, and lets its session end.
const presence = $("[data-presence]");
let touched = Date.now();

async function sayHere() {
  if (document.visibilityState !== "visible" || Date.now() - touched > AWAY_AFTER_MS) return;
  const form = new URLSearchParams({ seen: $("[name=seen]")?.value ?? "" });
  if (all("textarea").some((field) => field.value.trim() && field.value !== field.defaultValue)) form.set("writing", "1");
  const answer = await fetch(presence.dataset.presence, { method: "POST", body: form });
  if (!answer.ok) return;
  const words = document.createElement("div");
  words.innerHTML = (await answer.text()).trim(); // Our own server's fragment, escaped there.
  // What stands already is not read out again, nor taken from under a hand. Compared as the browser writes it, not as we do.
  if (words.innerHTML !== presence.innerHTML.trim()) presence.replaceChildren(...words.childNodes);
}

function sayLeft() {
  navigator.sendBeacon(presence.dataset.presence, new URLSearchParams({ left: "1" }));
}

// Saved answers: <form data-answers="id of the field">, put in at the cursor as the page itself would fill it in.

async function insertAnswer(form) {
  const field = document.getElementById(form.dataset.answers);
  const filled = await load(`${form.action}?${new URLSearchParams(new FormData(form))}`);
  field.focus();
  field.setRangeText($(`#${field.id}`, filled).value, field.selectionStart, field.selectionEnd, "end");
}

function report(error) {
  console.warn("the page could not be brought up to date", error);
}

for (const form of all("form[data-answers]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    insertAnswer(form).catch(() => form.submit());
  });
}

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-refresh]")) return;
  event.preventDefault();
  refresh().then(() => { sayHere().catch(report); $("#timeline li:last-child")?.scrollIntoView({ block: "nearest" }); }).catch(() => location.reload());
});

// <div data-fill="/cases/F-.../similar">: loaded when it comes into sight.
const filling = new IntersectionObserver((places) => {
  for (const { target, isIntersecting } of places) {
    if (!isIntersecting) continue;
    filling.unobserve(target);
    fetch(target.dataset.fill).then(async (answer) => { if (answer.ok) target.innerHTML = (await answer.text()).trim(); }).catch(report);
  }
}, { rootMargin: "300px" });
for (const place of all("[data-fill]")) filling.observe(place);

if (presence) {
  const say = () => sayHere().catch(report);
  say();
  setInterval(say, SAY_EVERY_MS);
  document.addEventListener("visibilitychange", say);
  addEventListener("pagehide", sayLeft);
  for (const sign of ["keydown", "pointermove", "pointerdown", "scroll"]) addEventListener(sign, () => { touched = Date.now(); }, { passive: true });
}
countDown();
