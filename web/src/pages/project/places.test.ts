import assert from "node:assert/strict";
import { test } from "node:test";
import type { ChangeProject, ItemId } from "../../core/api";
import { inPeoplesWords, nameOfPlace, settling } from "./places";
import { placed, placeOf, snake } from "./things";

const id = "new" as ItemId;

test("places are read as comments name them", () => {
  assert.deepEqual(placed(""), { type: "whole" });
  assert.deepEqual(placed("why_here"), { type: "section", section: "whyHere" });
  assert.deepEqual(placed("sections/why_here"), { type: "section", section: "whyHere" });
  assert.deepEqual(placed("aim/by_date"), { type: "aim", field: "byDate" });
  assert.deepEqual(placed("status"), { type: "field", field: "status" });
  const thing = { type: "thing", noun: "cycle", id: "x", field: "didAt" };
  assert.deepEqual(placed("cycles/x/did_at"), thing);
  assert.equal(placeOf("cycle", "x" as ItemId, "didAt"), "cycles/x/did_at");
  assert.equal(snake("coProducedWith"), "co_produced_with");
});

test("what two people set differently is settled by the edit that sets it", () => {
  assert.deepEqual(settling("measures/m/unit", "percent", id), {
    type: "measure",
    id: "m",
    edit: { type: "unit", value: "percent" },
  });
  assert.deepEqual(settling("cycles/c/scale", "one_patient", id), {
    type: "cycle",
    id: "c",
    edit: { type: "scale", value: "onePatient" },
  });
  assert.deepEqual(settling("actions/a/due", "", id), {
    type: "action",
    id: "a",
    edit: { type: "due", value: null },
  });
  assert.deepEqual(settling("observations/o/value", "4/10", id), {
    type: "observation",
    id: "o",
    edit: { type: "value", value: { type: "ratio", numerator: 4, denominator: 10 } },
  });
  assert.deepEqual(settling("aim/to", "4", id), { type: "aim", edit: { type: "to", value: "4" } });
  assert.deepEqual(settling("title", "Falls", id), { type: "title", title: "Falls" });
  assert.deepEqual(settling("progress", "5", id), { type: "progress", score: 5 });
});

test("a plan that was moved twice at once is moved once more", () => {
  const edit = settling("status", "handed_over", id);
  assert.ok(edit?.type === "move");
  assert.deepEqual([edit.to, edit.id], ["handedOver", "new"]);
});

test("what this page cannot set it does not offer to settle", () => {
  assert.equal(settling("tallies/t/ticks", "1/2", id), undefined);
  assert.equal(settling("observations/o/value", "about ten", id), undefined);
  assert.equal(settling("problem", "words", id), undefined);
  assert.equal(settling("status", "unheard_of", id), undefined);
});

test("places and values are called what people call them", () => {
  const measure = { name: "Falls a week" };
  const project = { measures: [{ id: "m", measure }] } as unknown as ChangeProject;
  assert.equal(nameOfPlace("measures/m/unit", project), "Falls a week: Unit");
  assert.equal(nameOfPlace("measures/gone", project), "Measure");
  assert.equal(nameOfPlace("why_here", project), "Why it matters here");
  assert.equal(inPeoplesWords("cycles/c/scale", "one_patient"), "One patient");
  assert.equal(inPeoplesWords("aim/to", "4"), "4");
  assert.match(inPeoplesWords("progress", "5"), /^2\.5: /);
  assert.equal(inPeoplesWords("progress", ""), "");
});
