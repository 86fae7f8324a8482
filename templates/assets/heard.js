// What makes the pages nicer where there is JavaScript; every page works without it.
// No inline handlers: pages say what they want with data attributes.

const $ = (selector, root = document) => root.querySelector(selector);
const store = {
  // A browser may refuse storage (private windows, policies); then there simply is none.
  get(key) { try { return localStorage.getItem(key); } catch { return null; } },
  set(key, value) { try { localStorage.setItem(key, value); } catch { /* kept only on the page */ } },
  drop(key) { try { localStorage.removeItem(key); } catch { /* was never kept */ } },
};

// Drafts: <form data-draft="feedback"> keeps what is typed on this device for a day;
// the confirmation page says it arrived: <main data-draft-done="feedback">.
// Addresses and secrets are never kept: the device may be shared.

const DRAFT_LIFE_MS = 24 * 60 * 60 * 1000;
const draftKey = (name) => `heard.draft.${name || "form"}`;
const isKept = (field) => field.name && !["password", "email", "hidden", "file", "submit"].includes(field.type) && !field.closest("[data-no-draft]");

function keepDraft(form) {
  const key = draftKey(form.dataset.draft);
  const saved = readDraft(key);
  const texts = [...form.elements].filter((field) => isKept(field) && field.matches("textarea, [type=text]"));
  // A form that came back with its fields filled in knows better than the draft.
  if (saved && texts.every((field) => !field.value)) fillIn(form, saved);
  form.addEventListener("input", () => {
    const kept = [...form.elements].filter(isKept).filter((field) => !/radio|checkbox/.test(field.type) || field.checked);
    store.set(key, JSON.stringify({ at: Date.now(), fields: kept.map(({ name, value }) => [name, value]) }));
  });
}

function readDraft(key) {
  try {
    const draft = JSON.parse(store.get(key));
    return draft && Date.now() - draft.at < DRAFT_LIFE_MS ? draft.fields : null;
  } catch {
    return null; // Not ours, or from an older version of the form.
  }
}

function fillIn(form, saved) {
  for (const field of [...form.elements].filter(isKept)) {
    const values = saved.filter(([name]) => name === field.name).map(([, value]) => value);
    if (/radio|checkbox/.test(field.type)) field.checked = values.length ? values.includes(field.value) : field.checked && field.type === "radio";
    else if (values.length) field.value = values[0];
  }
}

document.querySelectorAll("form[data-draft]").forEach(keepDraft);
document.querySelectorAll("[data-draft-done]").forEach((done) => store.drop(draftKey(done.dataset.draftDone)));

// Similar items while typing: <textarea data-similar="/feedback/similar"> and <div data-similar-into aria-live="polite">.
// An answer to an older text is dropped.

const SIMILAR_AFTER_MS = 350;
const SIMILAR_TEXT_MAX = 300;

function showSimilar(textarea) {
  const into = $("[data-similar-into]", textarea.form ?? document);
  let timer, request, shown = "";
  const look = async () => {
    const text = textarea.value.trim().slice(0, SIMILAR_TEXT_MAX);
    if (text === shown) return;
    request?.abort();
    request = new AbortController();
    try {
      const query = new URLSearchParams({ text, voice: new FormData(textarea.form).get("voice") ?? "" });
      const answer = await fetch(`${textarea.dataset.similar}?${query}`, { signal: request.signal, headers: { accept: "text/html" } });
      if (!answer.ok) return;
      into.innerHTML = (await answer.text()).trim(); // Our own server's fragment, escaped there.
      shown = text;
    } catch (error) {
      if (error.name !== "AbortError") console.warn("similar feedback could not be loaded", error);
    }
  };
  textarea.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(look, SIMILAR_AFTER_MS); });
}

document.querySelectorAll("textarea[data-similar]").forEach(showSimilar);

// The queue: <form data-bulk> around rows with boxes; steps are taken on what is chosen. Afterwards the hand is where it was.

const rows = () => [...document.querySelectorAll("table.cards tbody .what")];
const rowInHand = () => document.activeElement?.closest("table.cards tbody tr");
const noRow = document.createElement("tr");
const bulk = $("form[data-bulk]");
const boxes = () => [...bulk.querySelectorAll("[name=reference]")];
let lastBox;

function tick(upToHere) {
  const box = bulk && $("[name=reference]", rowInHand() ?? noRow);
  if (!box) return;
  const all = boxes();
  const [from, to] = [all.indexOf(lastBox), all.indexOf(box)].sort((a, b) => a - b);
  if (upToHere && from >= 0) all.slice(from, to + 1).forEach((one) => { one.checked = true; });
  else box.checked = !box.checked;
  lastBox = box;
  showChosen();
}

function chooseSome() {
  const box = $("[name=reference]", rowInHand() ?? noRow);
  if (box && !boxes().some((one) => one.checked)) { box.checked = true; showChosen(); }
  return boxes().some((one) => one.checked);
}

function showChosen() {
  const chosen = boxes().filter((one) => one.checked).length;
  const all = $("[data-all]");
  all.checked = chosen === boxes().length;
  all.indeterminate = chosen > 0 && !all.checked;
  $("[data-chosen]").hidden = false;
  $("[data-chosen] b").textContent = chosen;
}

if (bulk) {
  $(".all", bulk).hidden = false;
  bulk.addEventListener("change", ({ target }) => {
    if (target.matches("[data-all]")) boxes().forEach((one) => { one.checked = target.checked; });
    showChosen();
  });
  bulk.addEventListener("submit", () => store.set("heard.row", boxes().findIndex((one) => one.checked)));
  showChosen();
}
if ($("[data-report]") && store.get("heard.row")) rows()[Math.min(store.get("heard.row"), rows().length - 1)]?.focus();
store.drop("heard.row");

// Files that will be refused anyway are not sent first: <input type="file" data-most="3" data-largest="10485760" data-too-many=".." data-too-large="..…..">.

document.addEventListener("change", ({ target }) => {
  if (!target.matches("input[type=file][data-most]")) return;
  const { most, largest, tooMany, tooLarge } = target.dataset;
  const large = [...target.files].find((file) => file.size > largest);
  target.setCustomValidity(target.files.length > most ? tooMany : large ? tooLarge.replace("…", large.name) : "");
  target.reportValidity();
});

// Keys: matched by place on the keyboard, so they work on a Russian layout; can be switched off in the list that `?` opens.

const keys = $("dialog#keys");
const keysAreOn = () => store.get("heard.keys") !== "off";
const isTyping = (target) => target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
let afterG = false;

function step(by) {
  const all = rows();
  const now = all.indexOf($(".what", rowInHand() ?? noRow));
  all[now < 0 ? 0 : Math.min(Math.max(now + by, 0), all.length - 1)]?.focus(); // Enter then follows the link by itself.
}

const alone = {
  KeyJ: () => step(1),
  KeyK: () => step(-1),
  KeyG: () => { afterG = true; setTimeout(() => { afterG = false; }, 1000); },
  KeyX: () => tick(false),
  Slash: () => $("[role=search] input")?.focus(),
};
const withShift = { Slash: () => keys.showModal(), KeyX: () => tick(true) };

// In the queue a step goes for what is chosen, or for the row in hand.
const onChosen = {
  KeyM: () => chooseSome() && $("[data-key=KeyM]").click(),
  KeyZ: () => chooseSome() && openChoice($("[data-key=KeyZ]")),
  KeyE: () => rowInHand() && location.assign(`${$(".what", rowInHand()).href}/resolution`),
};

function openChoice(summary) {
  summary.parentElement.open = true;
  $("select, input", summary.parentElement).focus();
}

const afterGoTo = { KeyQ: "/cases", KeyB: "/changes", KeyC: "/council" };

// A page's own keys: <a data-key="KeyE">, <button data-key="KeyM">, <summary data-key="KeyZ">, <textarea data-key="KeyR">.
function own(code) {
  const element = $(`[data-key="${code}"]`);
  if (!element) return null;
  return () => { element.focus(); if (!element.matches("textarea, input")) element.click(); };
}

function press(event) {
  if (!keysAreOn() || keys.open || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const goTo = afterG && afterGoTo[event.code];
  const act = event.shiftKey ? withShift[event.code] : ((bulk && onChosen[event.code]) ?? own(event.code) ?? alone[event.code]);
  if (!goTo && !act) return;
  event.preventDefault();
  if (goTo) location.assign(goTo);
  else act();
}

if (keys) {
  const onOff = $("[data-keys]", keys);
  onOff.checked = keysAreOn();
  onOff.addEventListener("change", () => (onOff.checked ? store.drop("heard.keys") : store.set("heard.keys", "off")));
  document.addEventListener("keydown", press);
}

// Buttons: data-print, data-copy="#id of what to copy" (data-copied: what it says then), data-open="id of a dialog". Menus close like menus.

if (!navigator.clipboard) document.querySelectorAll("[data-copy]").forEach((button) => { button.hidden = true; }); // Not offered over plain HTTP.

document.addEventListener("click", async ({ target }) => {
  for (const menu of document.querySelectorAll("details:is(.menu, .drop)[open]")) if (!menu.contains(target) || target.closest("[data-open]")) menu.open = false;
  const button = target.closest("button");
  if (button?.matches("[data-print]")) print();
  if (button?.matches("[data-open]")) document.getElementById(button.dataset.open)?.showModal();
  if (button?.matches("[data-copy]")) {
    await navigator.clipboard.writeText($(button.dataset.copy).textContent.trim());
    (button.querySelector("[role=status]") ?? button).textContent = button.dataset.copied;
  }
});
document.addEventListener("keydown", ({ code }) => {
  const menu = code === "Escape" && $("details:is(.menu, .drop)[open]");
  if (menu) { menu.open = false; $("summary", menu).focus(); }
});
$("[data-focus]")?.focus();
// On a phone the views lie in one line that scrolls.
for (const current of document.querySelectorAll(".views [aria-current], .bar nav [aria-current]")) current.scrollIntoView({ block: "nearest", inline: "nearest" });
