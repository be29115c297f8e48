import assert from "node:assert/strict";
import { test } from "node:test";
import type { Finding, ItemId, TextPlace } from "../../core/api";
import { toldBy } from "./told";

test("what a plan tells stands where it is written", () => {
  const found = (place: TextPlace) => ({ place }) as Finding;
  const cycle = found({ type: "item", what: "cycle", id: "x" as ItemId });
  const told = toldBy([
    found({ type: "title" }),
    found({ type: "section", value: "whyHere" }),
    found({ type: "section", value: "whyHere" }),
    found({ type: "aimSentence" }),
    cycle,
    found({ type: "tagged", value: { type: "domain", value: "pcp" } }),
  ]);
  const counts = [...told].map(([place, here]) => [place, here.length]);
  assert.deepEqual(counts, [
    ["title", 1],
    ["why_here", 2],
    ["aim/sentence", 1],
    ["cycles/x", 1],
    ["", 1],
  ]);
  assert.deepEqual(told.get("cycles/x"), [cycle]);
});
