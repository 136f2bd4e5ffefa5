// What the browser cannot do by itself: the cursor after a change, growing boxes, a warning before writing is lost.
"use strict";

const token = () => document.querySelector('input[name="~token"]')?.value ?? "";

function grow(box) {
  const lines = box.value.split("\n").reduce((sum, line) => sum + 1 + Math.floor(line.length / 75), 0);
  box.rows = Math.max(Number(box.dataset.least || 1), lines);
}

function goTo(id) {
  const place = document.getElementById(id);
  if (!place) return;
  const field = place.matches("input,textarea,select,button") ? place
    : place.querySelector("textarea, input:not([type=hidden]), select, button");
  for (let box = field; box; box = box.parentElement) if (box.tagName === "DETAILS") box.open = true;
  (field ?? place).focus();
}

function ready() {
  document.querySelectorAll("textarea[data-grows]").forEach((box) => { box.dataset.least = box.rows; });
  const mark = document.querySelector("[data-go-to]");
  if (mark) {
    const id = mark.dataset.goTo;
    mark.remove();
    goTo(id);
    document.getElementById("record")?.dispatchEvent(new Event("change", { bubbles: true }));  // the page beside is drawn again
  }
}

document.addEventListener("input", (event) => {
  if (event.target.matches("textarea[data-grows]")) grow(event.target);
  if (event.target.closest("form[data-unsaved]")) unsaved = true;
});
document.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#f-"]');
  if (link) { event.preventDefault(); goTo(link.getAttribute("href").slice(1)); }
});

let unsaved = false;
// sendpack was stopped while somebody writes: what is typed from here on is kept nowhere, and Save would lose the page.
let stopped = false;
function running(isRunning) {
  const kept = document.getElementById("kept");
  if (!kept || isRunning !== stopped) return;
  stopped = !isRunning;
  kept.classList.toggle("error", stopped);
  kept.textContent = !stopped ? "" : "sendpack is not running any more. What was kept as a draft is offered when it and this record are opened again. Copy what you write from here on: it is kept nowhere.";
}
document.addEventListener("htmx:error", (event) => { if (event.detail.ctx && !event.detail.ctx.response) running(false); });
document.addEventListener("htmx:after:request", () => running(true));

// A button that is pressed twice sends its form once: the second answer would tell of what is done already.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if ((stopped && form.id === "record") || event.timeStamp < (form.sendsAgain ?? 0)) { event.preventDefault(); return; }
  form.sendsAgain = event.timeStamp + 5000;
  unsaved = false;
});
window.addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });

// While a row is added, moved or taken out the form waits: what was typed meanwhile would be lost with the old form.
function wait(event, waits) {
  const form = document.getElementById("record");
  if (form && event.detail.ctx.sourceElement?.matches?.("#record button")) { form.inert = waits; form.setAttribute("aria-busy", waits); }
}
document.addEventListener("htmx:before:request", (event) => wait(event, true));
document.addEventListener("htmx:finally:request", (event) => wait(event, false));

document.addEventListener("htmx:config:request", (event) => {
  const request = event.detail.ctx.request;
  request.headers = { ...request.headers, "X-Sendpack-Token": token(), "X-Sendpack-When": String(Date.now()) };
});
// The cursor stays where it was when the part of the page that it stands in is drawn again: at the same button or box,
// else at one of the same name, else at the page that is shown.
function whereTheCursorStands() {
  const at = document.activeElement;
  return at && at !== document.body ? { id: at.id, name: at.name, words: at.textContent, preview: Boolean(at.closest("#preview")) } : null;
}
function putCursor(stood) {
  if (!stood || (document.activeElement && document.activeElement !== document.body)) return;
  const named = stood.name ? [...document.getElementsByName(stood.name)].filter((one) => one.type !== "hidden") : [];
  const place = (stood.id && document.getElementById(stood.id)) || named.find((one) => one.textContent === stood.words) || named[0]
    || (stood.preview ? document.querySelector(".paper") : document.querySelector("#work a.button"));
  place?.focus({ preventScroll: true });
}

// What was opened stays open when the form is drawn again. Kept for each request: while the new form settles, the answer
// to another one may begin to be put in, and would find all boxes closed and the cursor nowhere.
const before = new WeakMap();
document.addEventListener("htmx:before:swap", (event) => {
  const opened = [...document.querySelectorAll("#record details[data-keep][open]")].map((box) => box.dataset.keep);
  before.set(event.detail.ctx, { stood: whereTheCursorStands(), opened });
});
document.addEventListener("htmx:after:swap", (event) => {
  const { stood, opened } = before.get(event.detail.ctx);
  document.querySelectorAll("#record details[data-keep]").forEach((box) => { if (opened.includes(box.dataset.keep)) box.open = true; });
  document.querySelector("#said .said.wrong[role=alert]")?.scrollIntoView({ block: "nearest" });
  ready();
  putCursor(stood);
  const live = document.getElementById("work-said");
  if (live && document.querySelector("#work[data-done]")) live.textContent = "Finished.";
  const paper = document.querySelector(".paper[data-at]");
  if (!paper) return;
  const show = () => { if (Number(paper.dataset.at) > 0) paper.scrollTop = paper.scrollHeight * Number(paper.dataset.at) - paper.clientHeight / 3; };
  const image = paper.querySelector("img");
  if (image.complete) show(); else image.addEventListener("load", show);
});
document.addEventListener("DOMContentLoaded", () => {
  ready();
  document.querySelector("[data-focus]")?.focus();
  if (!location.hash.startsWith("#f-")) return;
  const there = () => { if (document.activeElement === document.body) goTo(location.hash.slice(1)); };
  there();  // the browser goes to the place itself too, and takes the cursor away while it does
  document.addEventListener("focusout", () => setTimeout(there), { once: true });
  addEventListener("load", () => setTimeout(there));
});

// Files dropped anywhere on the box are the form's files, and are sent at once.
document.querySelectorAll("[data-drop]").forEach((form) => {
  const box = form.querySelector('input[type="file"]');
  form.addEventListener("dragover", (event) => { event.preventDefault(); form.classList.add("over"); });
  form.addEventListener("dragleave", () => form.classList.remove("over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("over");
    if (event.dataTransfer.files.length) { box.files = event.dataTransfer.files; form.requestSubmit(); }
  });
});
