// The bench's documents synced by automerge-repo over a websocket on loopback: a repository as its
// sync server has one, and for each sync a new, empty one. Both are in this process and keep what
// they have in memory.

import { Repo } from "@automerge/automerge-repo";
import {
  WebSocketClientAdapter,
  WebSocketServerAdapter,
} from "@automerge/automerge-repo-network-websocket";
import * as A from "@automerge/automerge";
import { WebSocketServer } from "ws";
import { documents, serve } from "./common.mjs";

// The sync server's own settings: it shares what it is asked for and announces nothing.
const sockets = new WebSocketServer({ port: 0, host: "127.0.0.1" });
let traffic;
sockets.on("connection", (socket) => {
  socket.on("message", (message) => count("up", message.length));
  const send = socket.send.bind(socket);
  socket.send = (message, ...rest) => {
    count("down", message.byteLength ?? message.length);
    return send(message, ...rest);
  };
});

function count(way, bytes) {
  traffic[way] += bytes;
  traffic.trips += 1;
}

const server = new Repo({
  network: [new WebSocketServerAdapter(sockets)],
  sharePolicy: async () => false,
});
const urls = documents.map((pieces) => {
  const handle = server.create({ text: "" });
  for (const piece of pieces) {
    handle.change((d) => A.splice(d, ["text"], d.text.length, 0, piece));
  }
  return handle.url;
});

await serve(async (counted, done) => {
  traffic = counted;
  const socket = new WebSocketClientAdapter(`ws://127.0.0.1:${sockets.address().port}`);
  const client = new Repo({ network: [socket] });
  await client.networkSubsystem.whenReady();
  // Asked for too soon, a document may be called unavailable that arrives a moment later.
  const handles = await Promise.all(
    urls.map((url) => client.find(url, { allowableStates: ["ready", "unavailable"] })),
  );
  await Promise.all(handles.map((handle) => handle.whenReady(["ready"])));
  const whole = handles.filter((handle, i) => handle.doc().text === documents[i].join("")).length;
  if (whole !== urls.length) throw new Error(`${whole} of ${urls.length} arrived whole`);
  done(whole);
  // What it still acknowledges is not counted to the next sync.
  await new Promise((quiet) => setTimeout(quiet, 2000));
  socket.disconnect();
});
process.exit(0);
