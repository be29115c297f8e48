// The page without a network, on a person's own device: the files of one build, kept together.
// Another build is taken when no window shows this one any more, so that none gets half of each.
const build = "BUILD";
const files = ["FILES"];

async function keep() {
  const cache = await caches.open(build);
  await cache.addAll(files.map((file) => new Request(file, { cache: "no-cache" })));
}

async function forgetOthers() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== build).map((name) => caches.delete(name)));
}

async function answer(request) {
  const cache = await caches.open(build);
  return (await cache.match(request, { ignoreSearch: true })) ?? fetch(request);
}

addEventListener("install", (event) => event.waitUntil(keep()));
addEventListener("activate", (event) => event.waitUntil(forgetOthers()));
addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method === "GET" && origin === location.origin && files.includes(pathname)) {
    event.respondWith(answer(request));
  }
});
