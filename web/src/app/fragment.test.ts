import assert from "node:assert/strict";
import { test } from "node:test";
import { broughtBy, linkOf } from "./fragment";

const SECRET = "-_-_aZ09-_-_aZ09-_-_aA";

test("a ticket is found however its link was written on the way", () => {
  for (const hash of [
    `#ticket=${SECRET}`,
    `#/ticket=${SECRET}`,
    `#Ticket=${SECRET}`,
    `#ticket%3D${SECRET}`,
    `#ticket%3d${SECRET}`,
    `#%2Fticket%3D${SECRET}`,
    `#ticket=${SECRET}>`,
    `#ticket=%3C${SECRET}%3E.`,
    `#ticket=%253C${SECRET}`,
    `#ticket= ${SECRET}`,
  ]) {
    assert.deepEqual(broughtBy(hash), { type: "ticket", secret: SECRET }, hash);
  }
});

test("a link is found where it was made a query of", () => {
  for (const [hash, search] of [
    ["", `?ticket=${SECRET}`],
    ["", `?utm_source=mail&Ticket%3D${SECRET}&x=1`],
    ["#/", `?ticket=${SECRET}`],
    ["#/ticket", `?ticket=${SECRET}`],
    [`#/?ticket=${SECRET}`, ""],
    [`#?x=1&ticket=${SECRET}`, "?x=1"],
  ] as const) {
    assert.deepEqual(broughtBy(hash, search), { type: "ticket", secret: SECRET }, hash + search);
  }
  assert.deepEqual(broughtBy("", "?join=AB-12"), { type: "invitation", code: "AB-12" });
  assert.deepEqual(broughtBy("", "?ticket="), { type: "cut", of: "ticket" });
  assert.deepEqual(broughtBy("#/projects/1?at=join", "?at=ticket"), { type: "nothing" });
});

test("an invitation is found however its link was written on the way", () => {
  for (const hash of ["#join=AB-12", "#/join=AB-12", "#JOIN=AB-12", "#join%3DAB-12."]) {
    assert.deepEqual(broughtBy(hash), { type: "invitation", code: "AB-12" }, hash);
  }
});

test("a link of which a part is missing is told from no link", () => {
  for (const hash of ["#ticket=", "#ticket", "#/ticket=", `#ticket=${SECRET.slice(0, 21)}`]) {
    assert.deepEqual(broughtBy(hash), { type: "cut", of: "ticket" }, hash);
  }
  for (const hash of ["#join=", "#join", "#/JOIN=%20", "#join=%3E"]) {
    assert.deepEqual(broughtBy(hash), { type: "cut", of: "invitation" }, hash);
  }
  for (const hash of ["", "#", "#/", "#/tickets", "#/tickets/p/1", "#joined", "#%E0%A4%A"]) {
    assert.deepEqual(broughtBy(hash), { type: "nothing" }, hash);
  }
});

test("a window that showed a ticket knows it when it is loaded anew, and not which one", () => {
  assert.deepEqual(broughtBy("#/ticket"), { type: "left" });
});

test("a link can be followed again", () => {
  for (const link of [`/#ticket=${SECRET}`, "/#join=AB-12"]) {
    assert.equal(linkOf(broughtBy(link.slice(1))), link);
  }
});
