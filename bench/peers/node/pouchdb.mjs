// The bench's documents synced by PouchDB from a CouchDB-compatible server, express-pouchdb, over
// HTTP on loopback. Both are in this process and keep what they have in memory. There is no
// history: each document is its text as it stands.

import { createRequire } from "node:module";
import { mkdtempSync } from "node:fs";
import http from "node:http";
import net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { documents, serve } from "./common.mjs";

const require = createRequire(import.meta.url);
const PouchDB = require("pouchdb");
PouchDB.plugin(require("pouchdb-adapter-memory"));
const express = require("express");
const Memory = PouchDB.defaults({ adapter: "memory" });

process.chdir(mkdtempSync(join(tmpdir(), "bench-pouchdb-")));
const app = express();
app.use(
  require("express-pouchdb")(Memory, {
    mode: "minimumForPouchDB",
    inMemoryConfig: true,
    logPath: "/dev/null",
  }),
);
const couch = http.createServer(app).listen(0, "127.0.0.1");
await new Promise((ready) => couch.once("listening", ready));

// A loopback proxy that counts.
let traffic = { up: 0, down: 0, trips: 0 };
couch.on("request", () => (traffic.trips += 1));
const proxy = net.createServer((client) => {
  const upstream = net.connect(couch.address().port, "127.0.0.1");
  client.on("data", (data) => (traffic.up += data.length));
  upstream.on("data", (data) => (traffic.down += data.length));
  client.pipe(upstream).pipe(client);
  for (const socket of [client, upstream]) socket.on("error", () => {});
});
await new Promise((ready) => proxy.listen(0, "127.0.0.1", ready));

const stored = new Memory("stored");
const rows = documents.map((pieces, i) => ({
  _id: String(i).padStart(6, "0"),
  text: pieces.join(""),
}));
for (const answer of await stored.bulkDocs(rows)) {
  if (!answer.ok) throw new Error(JSON.stringify(answer));
}

let number = 0;
await serve(async (counted, done) => {
  traffic = counted;
  const local = new Memory(`local-${number++}`);
  const remote = new PouchDB(`http://127.0.0.1:${proxy.address().port}/stored`);
  const result = await local.replicate.from(remote, { batch_size: 1000 });
  const { doc_count } = await local.info();
  if (!result.ok || doc_count !== rows.length) throw new Error(JSON.stringify(result));
  done(doc_count);
  await local.destroy();
});
process.exit(0);
