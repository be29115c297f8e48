import assert from "node:assert/strict";
import { test } from "node:test";
import type { ChangeProject, ItemId, Person } from "../../core/api";
import { inPeoplesWords, nameInPlan, nameOfPlace, settling } from "./places";
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

const measure = { name: "Falls a week" };
const project = { title: "", measures: [{ id: "m", measure }] } as unknown as ChangeProject;

test("places are called what people call them", () => {
  assert.equal(nameOfPlace("measures/m/unit", project), "Falls a week: Unit");
  assert.equal(nameOfPlace("measures/gone", project), "Measure");
  assert.equal(nameOfPlace("why_here", project), "Why it matters here");
  assert.equal(nameOfPlace("setting", project), "Where it takes place");
  assert.equal(nameInPlan("governance", project), "Governance, in a plan without a title");
  const named = { ...project, title: "Fewer falls" };
  assert.equal(nameInPlan("governance", named), "Governance, in the plan “Fewer falls”");
});

test("values are said in people's words, and no id is shown for what has a name", () => {
  const people = [{ id: "ben", name: "Ben Lee" }] as unknown as Person[];
  const domains = new Map([["pop", "Population health"]]);
  const said = (path: string, text: string) =>
    inPeoplesWords(path, text, { project, people, domains });
  assert.equal(said("cycles/c/scale", "one_patient"), "One patient");
  assert.equal(said("aim/to", "4"), "4");
  assert.match(said("progress", "5"), /^2\.5: /);
  assert.equal(said("progress", ""), "");
  assert.equal(said("aim/measure", "m"), "Falls a week");
  assert.equal(said("aim/measure", "gone"), "Measure without a name");
  assert.equal(said("actions/a/owner", "ben"), "Ben Lee");
  assert.equal(said("actions/a/owner", "eve"), "Somebody");
  assert.equal(said("topic", "pop"), "Population health");
  assert.equal(said("start", "2026-03-02"), "2 March 2026");
  assert.match(said("actions/a/done_at", "2026-03-02T12:00:00Z"), /^2 March 2026/);
});
