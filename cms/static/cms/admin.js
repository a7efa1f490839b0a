// Leave what was typed for a date or a time to the form, which says what is wrong: the calendar would put today in
// place of "demain", and 18:00 in place of "18h30".
jQuery.fn.datetimepicker.defaults.validateOnBlur = false;

// The dates that an event will have, asked of the server a moment after the last change. jQuery's events, since those
// of the calendar and of rows that are taken away are no others.
(() => {
  const names = /^(starts_on|starts_at_time|duration_minutes|recurrence|rule|until_on|csrfmiddlewaretoken|exceptions-.*)$/;
  let asked = "";
  let timer;

  async function ask() {
    const shown = document.querySelector("[data-foreseen]");
    if (!shown) return;
    const typed = [...new FormData(shown.closest("form"))].filter(([name]) => names.test(name));
    const body = new URLSearchParams([...typed, ["event", shown.dataset.event]]);
    const asking = body.toString();
    if (asking === asked) return;
    asked = asking;
    const answer = await fetch(shown.dataset.foreseen, { method: "POST", body }).catch(() => null);
    if (asking !== asked) return; // something else was typed meanwhile
    shown.innerHTML = answer?.ok ? await answer.text() : "";
  }

  function soon(delay) {
    clearTimeout(timer);
    timer = setTimeout(ask, delay);
  }

  jQuery(document).on("input change click", () => soon(500));
  jQuery(() => soon(0));
})();

// On a phone the rows of a listing are cards: each cell is told by its column. Lists are drawn anew while one searches.
(() => {
  function tell() {
    for (const table of document.querySelectorAll("main table.listing:not(.desk__table)")) {
      const names = [...(table.tHead?.rows[0]?.cells ?? [])].map((cell) => cell.textContent.trim().replace(/\s+/g, " "));
      for (const row of table.tBodies[0]?.rows ?? []) {
        [...row.cells].forEach((cell, number) => { if (cell.textContent.trim()) cell.dataset.told = names[number] ?? ""; });
      }
    }
  }

  document.addEventListener("DOMContentLoaded", tell);
  document.addEventListener("w-swap:success", tell);
})();
