{% load i18n static %}{% get_current_language as language %}/* Keeps saved and recently read stories for reading without a network. While there is one, every page comes from it. */
const SHELL = "shell-{{ version }}";
const FILES = [{% for url in files %}"{{ url|escapejs }}"{% if not forloop.last %}, {% endif %}{% endfor %}];
const OFFLINE = "{% url "reading:offline" %}";
const SAVED = "{% url "reading:saved" %}";
const STORY = new RegExp("^" + "{% url "reading:article" "_" %}".replace("_", "[^/]+") + "$");
const LANGUAGE = "{{ language }}";
const FETCHED = "{% filter escapejs %}{% include "reading/_fetched.html" with at="{at}" %}{% endfilter %}";
const READ_COUNT = 30;
const PICTURE = new RegExp("^({% get_media_prefix %}renditions/.+/)\\d+\\.\\w+$");
const PICTURES_OF_STORY = 12;
const PICTURE_BYTES = 400_000;
const PICTURED_STORIES = 50;
const ANY = { ignoreVary: true, ignoreSearch: true };

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(activate()));
addEventListener("message", (event) => event.waitUntil(event.data.isSaved ? save(event.data.path) : forget(event.data.path)));
addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate" && !pathname.startsWith("/admin/")) event.respondWith(page(event, pathname));
  else if (PICTURE.test(pathname)) event.respondWith(picture(event, pathname));
  else if (request.destination && FILES.some((file) => plain(file) === plain(pathname))) event.respondWith(file(request, pathname));
});

async function install() {
  const cache = await caches.open(SHELL);
  await cache.addAll([...FILES, ...[OFFLINE, SAVED].map((url) => new Request(url, { cache: "reload" }))]);
  await skipWaiting();
}

async function activate() {
  for (const name of await caches.keys()) if (![SHELL, "saved", "read"].includes(name) && !name.startsWith(picturesOf(""))) await caches.delete(name);
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
  const html = await answer.clone().text();
  if (await saved.match(pathname, ANY)) await saved.put(pathname, await stamped(answer));
  else {
    await read.delete(pathname, ANY);
    await read.put(pathname, await stamped(answer));
    for (const old of (await read.keys()).slice(0, -READ_COUNT)) await drop(read, plainPath(old));
  }
  await fetchPictures(pathname, html, /loading="lazy"/);
}

async function save(pathname) {
  const answer = await fetch(pathname);
  if (!answer.ok || !STORY.test(pathname)) return;
  const html = await answer.clone().text();
  await (await caches.open("saved")).put(pathname, await stamped(answer));
  await fetchPictures(pathname, html, /<img/);
}

async function forget(pathname) {
  for (const name of ["saved", "read"]) await (await caches.open(name)).delete(pathname, ANY);
  await caches.delete(picturesOf(pathname));
}

async function drop(read, pathname) {
  await read.delete(pathname, ANY);
  if (!(await (await caches.open("saved")).match(pathname, ANY))) await caches.delete(picturesOf(pathname));
}

const plainPath = ({ url }) => new URL(url).pathname;
const picturesOf = (pathname) => `pictures of ${pathname}`;
const folderOf = (pathname) => PICTURE.exec(pathname)[1];

/* A picture is kept with its story in the size that was shown, in the place of any other; without a network each of its
   sizes is answered with the kept one */
async function picture(event, pathname) {
  try {
    const answer = await fetch(event.request);
    event.waitUntil(keepShown(event.clientId, pathname, answer.clone()));
    return answer;
  } catch {
    return (await caches.match(folderOf(pathname))) ?? Response.error();
  }
}

async function keepShown(clientId, pathname, answer) {
  const page = await clients.get(clientId);
  if (page && STORY.test(plainPath(page))) await keepPicture(plainPath(page), pathname, answer);
}

/* The smallest size of those pictures whose markup is like `wanted` and that are not here; the others come by being shown */
async function fetchPictures(story, html, wanted) {
  const pictures = [...html.matchAll(/<source type="image\/webp" srcset="([^ "]+)[^>]*><img[^>]*>/g)];
  if (!pictures.length) return caches.delete(picturesOf(story));
  const cache = await caches.open(picturesOf(story));
  for (const key of await cache.keys()) if (!html.includes(plainPath(key))) await cache.delete(key);
  for (const [markup, smallest] of pictures) {
    if (!wanted.test(markup) || (await cache.match(folderOf(smallest)))) continue;
    await keepPicture(story, smallest, await fetch(smallest), { isShown: false });
  }
}

/* One after the other, so that none that is fetched ahead takes the place of one that was shown meanwhile */
let turn = Promise.resolve();
function keepPicture(...picture) {
  turn = turn.catch(() => {}).then(() => putPicture(...picture));
  return turn;
}

async function putPicture(story, pathname, answer, { isShown = true } = {}) {
  const [body, cache] = [await answer.blob(), await caches.open(picturesOf(story))];
  const before = await cache.match(folderOf(pathname));
  if (before && !isShown) return;
  const isRoom = before || (await cache.keys()).length < PICTURES_OF_STORY;
  if (answer.ok && isRoom && body.size <= PICTURE_BYTES) await cache.put(folderOf(pathname), new Response(body));
  const pictured = (await caches.keys()).filter((name) => name.startsWith(picturesOf("")));
  for (const old of pictured.slice(0, -PICTURED_STORIES)) await caches.delete(old);
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
