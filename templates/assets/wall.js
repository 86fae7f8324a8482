// The wall steps on by itself: it fetches the next page and puts its slide in place. Where the net is gone it stays where it is
// and tries again, so that nobody finds an error on the wall in the morning.

const slide = () => document.querySelector("#slide");
let paused = false;
let timer;

async function step() {
  try {
    const answer = await fetch(slide().dataset.next, { headers: { accept: "text/html" } });
    if (!answer.ok) throw new Error(`${answer.status} for ${answer.url}`);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = page.querySelector("#slide");
    if (next) slide().replaceWith(document.adoptNode(next));
  } catch (error) {
    console.warn("the next slide could not be loaded", error);
  }
  begin();
}

function begin() {
  clearTimeout(timer);
  const button = slide().querySelector("[data-pause]");
  if (button) button.hidden = false;
  if (!paused) timer = setTimeout(step, Number(slide().dataset.seconds) * 1000);
}

// What moves by itself can be stopped; it goes on where it stopped.
document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-pause]");
  if (!button) return;
  paused = !paused;
  const label = button.querySelector("span");
  [label.textContent, button.dataset.go] = [button.dataset.go, label.textContent];
  begin();
});

begin();
