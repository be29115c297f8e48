// People who write in one plan by Hocuspocus and Yjs over websockets on loopback. The server keeps
// what it has in memory.

import { HocuspocusProvider, HocuspocusProviderWebsocket } from "@hocuspocus/provider";
import { Server } from "@hocuspocus/server";
import WebSocket from "ws";
import * as Y from "yjs";
import { live } from "./live.mjs";

const PLAN = "plan";

await live({
  async serve(history) {
    const plan = new Y.Doc();
    for (const [text, at, typed] of history) plan.getText(String(text)).insert(at, typed);
    const onLoadDocument = async ({ document }) => {
      Y.applyUpdate(document, Y.encodeStateAsUpdate(plan));
    };
    const server = new Server({ port: 0, address: "127.0.0.1", quiet: true, onLoadDocument });
    await server.listen();
    return `ws://127.0.0.1:${server.address.port}`;
  },
  async join(url, changed) {
    const websocketProvider = new HocuspocusProviderWebsocket({ url, WebSocketPolyfill: WebSocket });
    const document = new Y.Doc();
    await new Promise((onSynced) => {
      const provider = new HocuspocusProvider({ websocketProvider, name: PLAN, document, onSynced });
      provider.attach();
    });
    document.on("update", changed);
    const text = (number) => document.getText(String(number));
    return {
      read: (number) => text(number).toString(),
      add: (number, letters) => text(number).insert(text(number).length, letters),
    };
  },
});
