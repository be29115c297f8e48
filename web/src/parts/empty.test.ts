import assert from "node:assert/strict";
import { test } from "node:test";
import type { SyncState } from "../core/api";
import { emptyInWords } from "./empty";

const never = { lastSuccess: null, lastError: null, online: true } as SyncState;
const said = (sync: SyncState | undefined) => emptyInWords("Nothing waits for you.", sync);

test("that there is nothing is said once a sync has ended, and not before", () => {
  for (const sync of [undefined, never]) assert.match(said(sync), /still being fetched/);
  assert.equal(said({ ...never, lastSuccess: new Date() }), "Nothing waits for you.");
});

test("a first sync that failed says so, and why", () => {
  const lastError = { reason: "the server is busy" } as SyncState["lastError"];
  assert.match(said({ ...never, lastError }), /could not be fetched yet\. The server is busy\./);
  assert.match(said({ ...never, online: false }), /could not be fetched yet\. It is tried again/);
});
