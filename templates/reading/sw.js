{% load i18n %}{% get_current_language as language %}/* Keeps saved and recently read stories for reading without a network. While there is one, every page comes from it. */
const SHELL = "shell-{{ version }}";
const FILES = [{% for url in files %}"{{ url|escapejs }}"{% if not forloop.last %}, {% endif %}{% endfor %}];
const OFFLINE = "{% url "reading:offline" %}";
const SAVED = "{% url "reading:saved" %}";
const STORY = new RegExp("^" + "{% url "reading:article" "_" %}".replace("_", "[^/]+") + "$");
const LANGUAGE = "{{ language }}";
const FETCHED = "{% filter escapejs %}{% include "reading/_fetched.html" with at="{at}" %}{% endfilter %}";
const READ_COUNT = 30;
const ANY = { ignoreVary: true, ignoreSearch: true };

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(activate()));
addEventListener("message", (event) => event.waitUntil(event.data.isSaved ? save(event.data.path) : forget(event.data.path)));
addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate" && !pathname.startsWith("/admin/")) event.respondWith(page(event, pathname));
  else if (request.destination && FILES.some((file) => plain(file) === plain(pathname))) event.respondWith(file(request, pathname));
});

async function install() {
  const cache = await caches.open(SHELL);
  await cache.addAll([...FILES, ...[OFFLINE, SAVED].map((url) => new Request(url, { cache: "reload" }))]);
  await skipWaiting();
}

async function activate() {
  for (const name of await caches.keys()) if (![SHELL, "saved", "read"].includes(name)) await caches.delete(name);
  await registration.navigationPreload?.enable();
  await clients.claim();
}

/* A page: from the network, and only if that gives no answer from what is kept, with the time it was fetched */
async function page(event, pathname) {
  try {
    const answer = (await event.preloadResponse) || (await fetch(event.request));
    if (STORY.test(pathname)) event.waitUntil(keep(pathname, answer.clone()));
    return answer;
  } catch {
    const kept = STORY.test(pathname) && (await caches.match(pathname, ANY));
    return kept ? marked(kept) : caches.match(pathname === SAVED ? SAVED : OFFLINE, ANY);
  }
}

/* A file of this version is kept; a story kept earlier may name one of before, and gets this one in its place */
async function file(request, pathname) {
  const kept = await caches.match(pathname, ANY);
  if (kept) return kept;
  return fetch(request).catch(() => caches.match(FILES.find((other) => plain(other) === plain(pathname)), ANY));
}

const plain = (path) => path.replace(/\.[0-9a-f]{12}(?=\.\w+$)/, "");

async function keep(pathname, answer) {
  const [saved, read] = [await caches.open("saved"), await caches.open("read")];
  if (!answer.ok) return answer.status === 404 && forget(pathname);
  if (await saved.match(pathname, ANY)) return saved.put(pathname, await stamped(answer));
  await read.delete(pathname, ANY);
  await read.put(pathname, await stamped(answer));
  for (const old of (await read.keys()).slice(0, -READ_COUNT)) await read.delete(old);
}

async function save(pathname) {
  const answer = await fetch(pathname);
  if (answer.ok && STORY.test(pathname)) await (await caches.open("saved")).put(pathname, await stamped(answer));
}

async function forget(pathname) {
  for (const name of ["saved", "read"]) await (await caches.open(name)).delete(pathname, ANY);
}

async function stamped(answer) {
  const headers = new Headers(answer.headers);
  headers.set("X-Fetched", new Date().toISOString());
  for (const name of ["Content-Encoding", "Content-Length"]) headers.delete(name);
  return new Response(await answer.blob(), { headers });
}

async function marked(kept) {
  const at = new Date(kept.headers.get("X-Fetched")).toLocaleString(LANGUAGE, { dateStyle: "medium", timeStyle: "short" });
  const html = await kept.text();
  return new Response(html.replace(/<main[^>]*>/, (main) => main + FETCHED.replace("{at}", at)), { headers: kept.headers });
}
