import assert from "node:assert/strict";
import { test } from "node:test";
import type { CoreFault } from "../core/api";
import { wayOn } from "./way_on";

const answered = (obstacle: object, errand = "syncing") =>
  wayOn({ type: "offline", obstacle, errand, code: "offline", reason: "" } as CoreFault);

test("where a network answers in the server's place, how to sign in to it is said", () => {
  for (const obstacle of [
    { type: "notEnhance", status: 200 },
    { type: "networkSignIn", status: 511, retryIn: null },
    { type: "moved", to: "https://guest.example" },
  ]) {
    assert.match(answered(obstacle), /wants? you to sign in first/);
  }
  assert.equal(answered({ type: "noRoute" }), "");
  assert.equal(wayOn(undefined), "");
});

test("who answers a ticket is told that it may have arrived, and that nothing is sent by itself", () => {
  for (const obstacle of [{ type: "noRoute" }, { type: "cutOff" }, { type: "notEnhance" }]) {
    const words = answered(obstacle, "holdingTicket");
    assert.match(words, /may have arrived.*sent again count once/);
    assert.doesNotMatch(words, /saved here/);
  }
  assert.match(answered({ type: "notEnhance" }), /saved here/);
});
