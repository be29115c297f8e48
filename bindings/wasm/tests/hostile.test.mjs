// Whatever a page hands in, what comes out is an error of the library, and one that says whose fault
// it is: for every argument of every method, by what it is declared to take.
import assert from "node:assert/strict";
import { test } from "node:test";
import { js } from "./world.mjs";

const { Calls } = await import(`${js}/calls.js`);
const { CoreError } = await import(`${js}/error.js`);
const { METHODS, TYPES } = await import(`${js}/schema.js`);
const { Reader, Writer, codec } = await import(`${js}/wire.js`);

const OF_OPTIONS = ["Cancellation", "ProgressListener?", "Observer"];

const HOSTILE = [
  undefined,
  null,
  true,
  0,
  -0,
  -1,
  1.5,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  2 ** 31,
  2 ** 53,
  -(2 ** 53),
  10n ** 30n,
  "",
  "\ud83d",
  "\udc00 upside down \ud800",
  "\u0000\u202e",
  "x".repeat(100_000),
  Symbol("it"),
  () => "it",
  new Date(Number.NaN),
  new Date(8.64e15),
  new Date(-8.64e15),
  [],
  [undefined],
  [[]],
  {},
  { type: "constructor" },
  { type: "__proto__", value: null },
  { type: undefined },
  Object.create(null),
  new Map(),
  new Map([[undefined, Symbol("it")]]),
  new Set(["it"]),
  new Uint8Array(0),
  new Uint8Array([0xff, 0xfe]),
  new Float64Array([Number.NaN]),
  new Proxy({}, { get: (_, name) => (name === "type" ? {} : undefined) }),
];

/** A value of a type with which nothing is wrong. */
function plain(type) {
  if (type.endsWith("?")) return null;
  if (type.startsWith("[")) return type.includes(": ") ? new Map() : [];
  const simple = { String: "it", Int32: 1, Int64: 1, Float64: 1, Boolean: true };
  if (type in simple) return simple[type];
  if (type === "Bytes") return new Uint8Array(1);
  if (type === "Timestamp") return new Date(0);
  const shape = TYPES[type];
  if ("is" in shape) return plain(shape.is);
  if ("words" in shape) return shape.words[0];
  const [type_, fields] = "fields" in shape ? [undefined, shape.fields] : shape.variants[0];
  const of = fields.map(([name, type]) => [name, plain(type)]);
  return { ...(type_ === undefined ? {} : { type: type_ }), ...Object.fromEntries(of) };
}

/** A worker that keeps what it is asked and never answers. */
class Silent {
  asked = [];
  addEventListener() {}
  postMessage(message) {
    if ("bytes" in message) this.asked.push(message);
  }
}

/** What comes of a call that may never be answered: the error, or none if it went out. */
async function outcome(calls, silent, object, method, given) {
  const before = silent.asked.length;
  const asked = calls.object(object)[method](...given);
  return await Promise.race([
    asked.then(
      () => null,
      (error) => error,
    ),
    new Promise((later) => setImmediate(() => later(silent.asked.length > before ? null : "?"))),
  ]);
}

test("e4 whatever is handed in, only errors of the library come out", async () => {
  let asked = 0;
  for (const [object, methods] of Object.entries(METHODS)) {
    for (const [name, { takes }] of Object.entries(methods)) {
      const said = takes.filter(([type]) => !OF_OPTIONS.includes(type));
      for (let place = 0; place < said.length; place++) {
        for (const value of HOSTILE) {
          const silent = new Silent();
          const given = said.map(([type], other) => (other === place ? value : plain(type)));
          const came = await outcome(new Calls(silent), silent, object, name, given);
          const what = `${object}.${name}, argument ${place + 1}: ${typeof value}`;
          if (came === null) continue;
          assert.ok(came instanceof CoreError, `${what}: ${String(came)}`);
          assert.equal(came.code, "invalid_input", `${what}: ${came.reason}`);
          assert.ok(!came.reason.includes("undefined"), came.reason);
          asked++;
        }
      }
    }
  }
  assert.ok(asked > 1_000, `${asked} were refused`);
});

test("e4 what crosses is of its type, whatever a page took for it", () => {
  const types = new Set();
  for (const methods of Object.values(METHODS)) {
    for (const { takes } of Object.values(methods)) for (const [type] of takes) types.add(type);
  }
  for (const type of types) {
    if (OF_OPTIONS.includes(type)) continue;
    for (const value of HOSTILE) {
      const to = new Writer();
      try {
        codec(type).write(to, value);
      } catch (error) {
        assert.ok(error instanceof CoreError, `${type}: ${String(error)}`);
        continue;
      }
      // What went out is read as what it was, or as what stands for it.
      assert.doesNotThrow(() => codec(type).read(new Reader(to.written())), type);
    }
  }
});
