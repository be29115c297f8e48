import assert from "node:assert/strict";
import { test } from "node:test";
import { inWords, partsOf } from "./read_text";

const SIGNED = `Fewer falls
topic: population-health
status: handed_over

problem
Too many falls.

measure
They told me: nobody counts.

measure
chart: run
name: Falls a week
rules: anhoej
definition of old: kept

observation
at: 2026-01-05
measure: Falls a week
value: 9

observation
at: 2026-01-12
measure: Falls a week
source: The ward's book:
value: not seen
value: 7

tally sheet
at: 2026-01-12
`;

const said = (text: string) =>
  inWords(partsOf(text)).map((part) =>
    part.type === "thing"
      ? [part.heading, ...part.facts.map(({ label, text }) => `${label}=${text}`)]
      : part.type === "text"
        ? [part.heading, part.text]
        : [part.heading, part.columns.join("|"), ...part.rows.map((row) => row.length)],
  );

test("what is signed is read in the words of the page, and values are one table", () => {
  assert.deepEqual(said(SIGNED), [
    ["", "Domain=population-health", "Status=Handed over"],
    ["Problem: what is wrong, for whom", "Too many falls."],
    // What does not read as fields of a measure stays as it was written.
    ["Measure", "They told me: nobody counts."],
    [
      "Measure",
      "Chart=Run chart",
      "Name=Falls a week",
      "Rules by which it is read=Anhøj: longest run and crossings\ndefinition of old: kept",
    ],
    ["Values", "Day, or first day of the period|Measure|Value|Source, if it is another", 3, 4],
    ["Tally sheet", "Day, or first day of the period=12 January 2026"],
  ]);
});

test("nothing of a text is left out, whatever it says", () => {
  const words = SIGNED.match(/[A-Za-z]{4,}/g)?.length ?? 0;
  assert.ok(words > 20);
  for (const text of [
    "T\n\naim\nno field",
    "T\n\nmeasure\n",
    "T\n\naction\n: x\nowner: Ben\n\nBy",
  ]) {
    const read = JSON.stringify(inWords(partsOf(text)));
    for (const word of text.slice(2).match(/[A-Z][a-z]+|no field|: x/g) ?? []) {
      assert.ok(read.includes(word), `${word} in ${read}`);
    }
  }
});

test("the parts that a ticket shows are read in the same words", () => {
  const parts = [
    { heading: "", text: "About: population health\nHow far it has come: idea" },
    { heading: "Aim", text: "Fewer falls." },
    { heading: "The aim in detail", text: "Direction: decrease\nTo: 4" },
    { heading: "Stakeholder", text: "Role: Night sister\nStance: undecided" },
    { heading: "Measure", text: "Chart: days between\nRules: anhoej" },
    { heading: "Observation", text: "At: 2026-01-05\nValue: 9" },
  ];
  assert.deepEqual(
    inWords(parts).map((part) => (part.type === "thing" ? part.facts.map((f) => f.text) : part)),
    [
      ["population health", "Idea"],
      { type: "text", heading: "Aim", text: "Fewer falls." },
      ["Decrease", "4"],
      ["Night sister", "Undecided"],
      ["Days between", "Anhøj: longest run and crossings"],
      {
        type: "table",
        heading: "Values",
        columns: ["Day, or first day of the period", "Value"],
        rows: [
          [
            { label: "Day, or first day of the period", text: "5 January 2026" },
            { label: "Value", text: "9" },
          ],
        ],
      },
    ],
  );
});
