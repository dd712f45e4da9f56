// A page that follows what changes: the part called "live" asks for itself anew when the service says that there is news.
// Nothing is followed while nobody looks; who comes back is shown how things are now.
let source;
let focused;

const live = () => document.getElementById("live");

document.body.addEventListener("htmx:sseOpen", (event) => {
  source = event.detail.source;
  if (document.hidden) source.close();
});

// At this address a program gets JSON: the page has to be asked for.
document.body.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["Accept"] = "text/html";
});

document.addEventListener("visibilitychange", () => {
  if (document.hidden) {
    source?.close();
  } else if (live()) {
    htmx.ajax("GET", location.pathname + location.search, { target: "#live", select: "#live", swap: "outerHTML" });
  }
});

// Who was on a link stays on it.
document.body.addEventListener("htmx:beforeSwap", () => {
  focused = live()?.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
});

document.body.addEventListener("htmx:afterSettle", () => {
  if (focused) live()?.querySelector(`[href="${CSS.escape(focused)}"]`)?.focus();
  const status = document.getElementById("live-status");
  const time = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  if (status) status.textContent = `Brought up to date at ${time}.`;
});
