// Keeps the screens of a meeting together: the wall and the phones ask twice a second whether something is new and put it in
// place. Every page works without it, by loading it again.

const $ = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];

const LOOK_EVERY_MS = 500;
const SLOW_DOWN_TO_MS = 5_000; // Where nobody answers.

const stage = () => $("#stage");
let looking = false;
let missed = 0;

// <div id="stage" data-watch="…/version" data-version="12.3" data-phase="…">: within a phase only parts marked with an id and
// data-live are put in anew, so that what the chair types stays; with a new phase all of it is.

async function look() {
  if (looking || !stage()) return;
  looking = true;
  try {
    const answer = await fetch(stage().dataset.watch, { headers: { accept: "application/json" } });
    if (answer.status === 409 || answer.redirected || answer.status === 401) return location.reload();
    if (!answer.ok) throw new Error(`${answer.status} for ${answer.url}`);
    const { version } = await answer.json();
    if (version !== stage().dataset.version) await renew();
    arrived();
  } catch (error) {
    lost(error);
  } finally {
    looking = false;
    setTimeout(look, Math.min(LOOK_EVERY_MS * 2 ** missed, SLOW_DOWN_TO_MS));
  }
}

async function renew() {
  const answer = await fetch(location.pathname, { headers: { accept: "text/html" } });
  if (!answer.ok) throw new Error(`${answer.status} for ${answer.url}`);
  put(new DOMParser().parseFromString(await answer.text(), "text/html"));
}

function put(page) {
  const fresh = $("#stage", page);
  if (!fresh) return location.reload();
  const typing = all("textarea, input:not([type=hidden])", stage()).some((field) => field.value !== field.defaultValue);
  if (fresh.dataset.phase === stage().dataset.phase || typing) {
    for (const part of all("[data-live]", stage())) {
      const now = $(`#${part.id}`, fresh);
      if (now && now.innerHTML !== part.innerHTML && !part.contains(document.activeElement)) part.replaceWith(document.adoptNode(now));
    }
    stage().dataset.version = fresh.dataset.version;
  } else {
    stage().replaceWith(document.adoptNode(fresh));
  }
  tick();
}

function arrived() {
  missed = 0;
  const notice = $("[data-lost]");
  if (notice) notice.hidden = true;
}

function lost(error) {
  missed += 1;
  console.warn("the meeting could not be followed", error);
  const notice = $("[data-lost]");
  if (notice) notice.hidden = missed < 2;
}

// A vote that does not arrive is sent again until it does; pressing another button replaces it.

let vote;

async function cast(form, choice) {
  const mine = (vote = new URLSearchParams(new FormData(form)));
  mine.set("vote", choice.value);
  for (const button of all("button", form)) button.setAttribute("aria-pressed", String(button === choice));
  for (let tries = 0; vote === mine; tries += 1) {
    try {
      const answer = await fetch(form.action, { method: "POST", body: mine });
      vote = undefined;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      // Too late, or no seat any more: the page that says so.
      return answer.ok ? put(page) : document.body.replaceWith(document.adoptNode(page.body));
    } catch (error) {
      lost(error);
      await new Promise((resolve) => setTimeout(resolve, Math.min(500 * 2 ** tries, SLOW_DOWN_TO_MS)));
    }
  }
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-vote]")) return;
  event.preventDefault();
  cast(event.target, event.submitter);
});

// <p data-clock data-elapsed="192" data-minutes="8" data-ticks>: counts on from where the server was.

function tick() {
  for (const clock of all("[data-clock][data-ticks]")) {
    clock.begun ??= performance.now() - Number(clock.dataset.elapsed) * 1000;
    const seconds = Math.max(0, Math.floor((performance.now() - clock.begun) / 1000));
    const two = (n) => String(n).padStart(2, "0");
    $("b", clock).textContent = `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
    clock.classList.toggle("over", seconds > Number(clock.dataset.minutes) * 60);
  }
}

setInterval(tick, 250);
if (stage()?.dataset.watch) setTimeout(look, LOOK_EVERY_MS);
