// The pages without a network: their files, which are the same for everybody, and nothing else. The API is never kept here
// (decision 0023). The build puts `version` and `files` in front: scripts/service_worker.mjs.
/* global version, files */
const prefix = 'resmon-pages-';
const name = prefix + version;
/** A network that takes longer is none. Milliseconds. */
const patience = 4_000;

self.addEventListener('install', (event) => {
  // A name with a hash never changes its content; the others are fetched anew.
  const wanted = files.map((file) => new Request(file, {cache: file.startsWith('/assets/') ? 'default' : 'reload'}));
  event.waitUntil(caches.open(name).then((cache) => cache.addAll(wanted)).then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => {
  // Pages of the version before may still stand open and ask for a part of theirs.
  const earlier = async () => (await caches.keys()).filter((one) => one.startsWith(prefix) && one !== name).slice(0, -1);
  event.waitUntil(earlier().then((gone) => Promise.all(gone.map((one) => caches.delete(one)))).then(() => self.clients.claim()));
});

/** The newest page where there is a network; every address without an extension is the same page. */
async function page(request) {
  const kept = await caches.match('/index.html', {cacheName: name});
  try {
    const answer = await fetch(request, kept ? {signal: AbortSignal.timeout(patience)} : {});
    if (answer.status < 500 || !kept) return answer;
  } catch (fault) {
    if (!kept) throw fault;
  }
  return kept;
}

self.addEventListener('fetch', (event) => {
  const {request} = event;
  const {origin, pathname} = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin || pathname.startsWith('/api/')) return;
  if (request.mode === 'navigate') {
    if (!pathname.includes('.')) event.respondWith(page(request));
  } else if (files.includes(pathname)) event.respondWith(caches.match(request, {cacheName: name, ignoreVary: true}).then((kept) => kept ?? fetch(request)));
  else if (pathname.startsWith('/assets/')) event.respondWith(caches.match(request, {ignoreVary: true}).then((kept) => kept ?? fetch(request)));
});
