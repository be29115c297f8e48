// What live peers share. As `serve SCRIPT` it is the server, which makes the plan and says `ready`
// with its address; as `type SCRIPT ADDRESS PERSON` one of the people, who says `ready` once the plan
// is open, and for every line with the number of a turn types the words of that turn.
//
// Of each word is noted when its last key was pressed, and when those of others were on the screen:
// in microseconds of the machine's clock that never goes back, which is one for all processes.

import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";

/** Longer than letters may ever be under way. */
const PATIENCE = 30_000;

const [, , part, file, address, person] = process.argv;
const script = JSON.parse(readFileSync(file, "utf8"));
const people = script.turns[0].length;
const me = Number(person);

const now = () => process.hrtime.bigint() / 1000n;

/**
 * Is the server or one of the people. `serve` is given the history, a text, a place in it and what
 * was typed there each time, and how many texts there are; `join` the address and what is to be
 * called after every change. It returns how a text is read and how letters are added to its end.
 */
export async function live({ serve, join }) {
  if (part === "serve") {
    console.log(`ready ${await serve(script.history, people)}`);
    return;
  }
  let awaited = [];
  let whole = () => {};
  const look = () => {
    for (const [other, words] of awaited.entries()) {
      if (words.length === 0) continue;
      const text = plan.read(other);
      while (words.length > 0 && text.includes(words[0])) {
        console.log(`seen ${words.shift()} ${now()}`);
      }
    }
    if (awaited.every((words) => words.length === 0)) whole();
  };
  const plan = await join(address, look);
  console.log("ready");
  for await (const line of createInterface({ input: process.stdin })) {
    const turn = script.turns[Number(line)];
    awaited = turn.map((words, other) => (other === me ? [] : words.map(({ text }) => text)));
    const seen = new Promise((resolve) => {
      whole = resolve;
    });
    for (const { text, rest_ms } of turn[me]) {
      await typed(plan, text);
      await sleep(rest_ms);
    }
    look();
    const late = sleep(PATIENCE, "late");
    if ((await Promise.race([seen, late])) === "late") throw new Error("not all letters came");
    console.log("done");
  }
  process.exit(0);
}

async function typed(plan, word) {
  plan.add(me, " ");
  let at;
  for (const letter of word) {
    await sleep(script.key_ms);
    at = now();
    plan.add(me, letter);
  }
  console.log(`typed ${word} ${at}`);
}
