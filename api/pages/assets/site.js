import { initAll } from "./govuk-frontend.js";

initAll();

// What came by a live update is brought to life as well. The first page itself is announced like one, and lives already.
document.body.addEventListener("htmx:load", (event) => {
  if (event.detail.elt !== document.body) initAll({ scope: event.detail.elt });
});
