import { initAll } from "./govuk-frontend.js";

initAll();

// What came by a live update is brought to life as well.
document.body.addEventListener("htmx:load", (event) => initAll({ scope: event.detail.elt }));
