// People who write in one plan by automerge-repo over websockets on loopback. The server is a
// repository as its sync server has one, which keeps what it has in memory.

import { once } from "node:events";
import * as A from "@automerge/automerge";
import { Repo } from "@automerge/automerge-repo";
import {
  WebSocketClientAdapter,
  WebSocketServerAdapter,
} from "@automerge/automerge-repo-network-websocket";
import { WebSocketServer } from "ws";
import { live } from "./live.mjs";

await live({
  async serve(history, texts) {
    let doc = A.from({ texts: Array(texts).fill("") });
    for (const [text, at, typed] of history) {
      doc = A.change(doc, (d) => A.splice(d, ["texts", text], at, 0, typed));
    }
    const sockets = new WebSocketServer({ port: 0, host: "127.0.0.1" });
    await once(sockets, "listening");
    // The sync server's own settings: it shares what it is asked for and announces nothing.
    const network = [new WebSocketServerAdapter(sockets)];
    const repo = new Repo({ network, sharePolicy: async () => false });
    const { url } = repo.import(A.save(doc));
    return `ws://127.0.0.1:${sockets.address().port}#${url}`;
  },
  async join(address, changed) {
    const [socket, url] = address.split("#");
    const repo = new Repo({ network: [new WebSocketClientAdapter(socket)] });
    await repo.networkSubsystem.whenReady();
    const handle = await repo.find(url, { allowableStates: ["ready", "unavailable"] });
    await handle.whenReady(["ready"]);
    handle.on("change", changed);
    return {
      read: (text) => handle.doc().texts[text],
      add: (text, letters) =>
        handle.change((d) => A.splice(d, ["texts", text], d.texts[text].length, 0, letters)),
    };
  },
});
