import assert from "node:assert/strict";
import { test } from "node:test";
import { ALONE, after } from "./beside";

const ben = { tab: "1", name: "Ben Lee" };
const ana = { tab: "2", name: "Ana Costa" };

test("a desk in another tab is known once, until it is closed", () => {
  let tabs = after(ALONE, { type: "here", ...ben });
  tabs = after(tabs, { type: "here", ...ben });
  tabs = after(tabs, { type: "here", ...ana });
  assert.deepEqual(tabs.open, [ben, ana]);
  assert.deepEqual(after(tabs, { type: "closed", ...ben }).open, [ana]);
  assert.deepEqual(after(tabs, { type: "ask" }), tabs);
});

test("who signs out in another tab is told of, until they sign in there again", () => {
  const tabs = after(after(ALONE, { type: "here", ...ben }), { type: "signedOut", ...ben });
  assert.deepEqual(tabs, { open: [], signedOut: [ben] });
  assert.deepEqual(after(tabs, { type: "here", ...ben }), { open: [ben], signedOut: [] });
});

test("no more tabs are kept than anybody has", () => {
  let tabs = ALONE;
  for (let tab = 0; tab < 1_000; tab++) {
    tabs = after(tabs, { type: "here", tab: String(tab), name: "Ben Lee" });
  }
  assert.ok(tabs.open.length < 50);
});
