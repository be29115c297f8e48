import assert from "node:assert/strict";
import { test } from "node:test";
import type { SignOffRequestView, SignOffView } from "../../core/api";
import { became, counts, roleOf, since } from "./words";

const answer = (over: Partial<SignOffView>) =>
  ({ fault: null, superseded: false, ...over }) as SignOffView;
const request = (...answers: SignOffView[]) => ({ answers }) as unknown as SignOffRequestView;

test("who supervises whom the server does not know, so a supervisor says it", () => {
  assert.equal(roleOf(["supervisor"]), "");
  assert.equal(roleOf(["trainee", "fellow"]), "fellow");
  assert.equal(roleOf(["admin"]), "administrator");
});

test("what counts no more is no sign-off that something was changed since", () => {
  assert.ok(counts(answer({})));
  assert.equal(since(request()), "it was asked");
  assert.equal(since(request(answer({ superseded: true }))), "it was asked");
  assert.equal(since(request(answer({ fault: "revoked" }))), "it was asked");
  assert.equal(since(request(answer({}))), "sign-off");
});

test("what is as it was, or not known here, is not said to have changed", () => {
  assert.equal(became({ type: "unchanged" }, request()), "");
  assert.equal(became({ type: "unknown" }, request()), "");
  assert.equal(became({ type: "deleted" }, request(answer({}))), "Deleted since sign-off");
});
