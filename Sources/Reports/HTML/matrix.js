// Filters, and evidence that opens when it is linked to. Everything here is a convenience: without it all evidence is
// open, and no filter is shown.
"use strict";

const cells = JSON.parse(document.getElementById("matrix-data").textContent).cells;
const form = document.getElementById("filters");
const status = document.getElementById("status");
const table = document.querySelector("table.matrix");
const evidence = Array.from(document.querySelectorAll("details"));

const closeAll = () => evidence.forEach((details) => { details.open = false; });
const openAll = () => evidence.forEach((details) => { details.open = true; });

// ---- filters ----

const counted = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;

function isWanted(cell, wanted) {
  return ["architecture", "kernel", "hugepage", "verdict"].every((key) => !wanted.get(key) || wanted.get(key) === cell[key])
    && (!wanted.get("rule") || cell.rules.includes(wanted.get("rule")));
}

function filter() {
  const wanted = new FormData(form);
  let shown = 0;
  for (const cell of cells) {
    const matches = isWanted(cell, wanted);
    shown += matches ? 1 : 0;
    document.getElementById(`cell-${cell.id}`).classList.toggle("miss", !matches);
    document.getElementById(cell.id).hidden = !matches;
  }
  const rows = Array.from(table.tBodies[0].rows);
  for (const row of rows) row.hidden = row.querySelector(".entry:not(.miss)") === null;
  for (const [column, head] of Array.from(table.tHead.rows[0].cells).entries()) {
    if (column === 0) continue;
    const isEmpty = rows.every((row) => row.cells[column].querySelector(".entry:not(.miss)") === null);
    head.hidden = isEmpty;
    for (const row of rows) row.cells[column].hidden = isEmpty;
  }
  const shownRows = rows.filter((row) => !row.hidden).length;
  status.textContent = `${shown} of ${counted(cells.length, "cell")} in ${shownRows} of ${counted(rows.length, "row")}`;
}

form.addEventListener("change", filter);
form.addEventListener("submit", (event) => event.preventDefault());
// A reset tells before it happens.
form.addEventListener("reset", () => setTimeout(filter, 0));
document.getElementById("open-all").addEventListener("click", openAll);
document.getElementById("close-all").addEventListener("click", closeAll);

// ---- links to evidence ----

function reveal(id) {
  const details = id && document.getElementById(id);
  if (!(details instanceof HTMLDetailsElement)) return;
  if (details.hidden) form.reset();
  details.hidden = false;
  details.open = true;
  details.scrollIntoView();
  details.querySelector("summary").focus({ preventScroll: true });
}

addEventListener("hashchange", () => reveal(location.hash.slice(1)));
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#e-']");
  // A second click on the same link changes no hash.
  if (link && link.hash === location.hash) reveal(link.hash.slice(1));
});

// ---- paper shows what the screen hides ----

let closed = [];
addEventListener("beforeprint", () => {
  closed = evidence.filter((details) => !details.open);
  openAll();
});
addEventListener("afterprint", () => closed.forEach((details) => { details.open = false; }));

closeAll();
form.hidden = false;
filter();
reveal(location.hash.slice(1));
