import assert from "node:assert/strict";
import { test } from "node:test";
import type { CoreFault } from "../core/api";
import { wayOn } from "./way_on";

const answered = (obstacle: object) =>
  wayOn({ type: "offline", obstacle, code: "offline", reason: "" } as unknown as CoreFault);

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
