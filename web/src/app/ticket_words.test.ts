import assert from "node:assert/strict";
import { test } from "node:test";
import { notOpen } from "./ticket_words";

const refused = (code: string) => notOpen({ code, words: "" })?.title;

test("a link that opens nothing says why, each in its own words", () => {
  const codes = ["ticket_unknown", "ticket_ended", "ticket_expired", "ticket_used_up"];
  assert.equal(new Set(codes.map(refused)).size, codes.length);
  assert.ok(codes.every(refused));
});

test("what is no link at all is a wrong one, and a name that is lacking is not", () => {
  const invalid = (field: "ticket" | "person") =>
    notOpen({
      code: "invalid_input",
      words: "",
      of: { type: "invalidInput", field, code: "invalid_input", reason: "" },
    });
  assert.equal(invalid("ticket")?.title, refused("ticket_unknown"));
  assert.equal(invalid("person"), undefined);
});

test("what may go well the next time does not end a ticket", () => {
  for (const code of ["offline", "ticket_full", "ticket_not_for_that"]) {
    assert.equal(refused(code), undefined, code);
  }
});
