/* The pages that show or drop what this device keeps: saved stories, reading settings, and the offline page. */
(() => {
  const { $, on, recall, say, words } = newsroom;

  /* Rows from memory, where there is no network to ask */
  const shelve = (place, stories) => {
    for (const [slug, { headline, at }] of [...stories].reverse()) {
      const row = $("#kept").content.firstElementChild.cloneNode(true);
      Object.assign($("a", row), { href: words.story.replace("_", slug), textContent: headline });
      const day = new Date(at);
      const textContent = day.toLocaleDateString(document.documentElement.lang, { dateStyle: "long" });
      $(".story__k", row).append(Object.assign(document.createElement("time"), { dateTime: day.toISOString(), textContent }));
      place.append(row);
    }
  };
  const offline = $("#offline-rows");
  if (offline) {
    const stories = new Map([...recall("read"), ...recall("saved")]);
    const open = [...stories].map(async ([slug]) => (await caches.match(words.story.replace("_", slug), { ignoreVary: true })) || stories.delete(slug));
    Promise.all(open).then(() => shelve(offline, stories));
  }

  /* Saved stories as they stand now, newest first, twenty to a request */
  const shelf = $("#saved-rows[data-own]");
  if (shelf) {
    const slugs = [...recall("saved").keys()].reverse();
    $("#nothing").hidden = slugs.length > 0;
    $("#shelf").hidden = !slugs.length;
    for (let from = 0; from < slugs.length; from += 20) {
      const query = new URLSearchParams(slugs.slice(from, from + 20).map((slug) => ["story", slug]));
      const part = Object.assign(document.createElement("div"), { id: `saved-rows--${from}` });
      part.setAttribute("data-hx-get", `?${query}`);
      part.setAttribute("data-hx-trigger", "load, again");
      shelf.append(part);
    }
    on("htmx:sendError htmx:timeout", ({ detail: { target } }) => {
      const from = +target.id.split("--")[1];
      shelve(target, [...recall("saved")].reverse().slice(from, from + 20).reverse());
    });
    on("htmx:beforeRequest", ({ detail: { target } }) => target.replaceChildren());
  }

  /* Forget all that is kept here */
  on("click", async ({ target }) => {
    if (!target.closest("[data-forget]")) return;
    localStorage.clear();
    sessionStorage.clear();
    for (const name of (await globalThis.caches?.keys()) ?? []) await caches.delete(name);
    for (const registration of (await navigator.serviceWorker?.getRegistrations()) ?? []) await registration.unregister();
    say(words.forgotten);
    target.replaceWith(words.forgotten);
  });
})();
