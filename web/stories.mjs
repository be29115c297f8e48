// Tells the stories in `tests/stories`: those whose names are given, or all but one that takes
// minutes.
import { run, testsIn } from "./build/node_tests.mjs";

const folder = "tests/stories";
const byName = ["twenty_thousand"];
const wanted = process.argv.slice(2);
const told = testsIn(folder).filter((name) =>
  wanted.length === 0 ? !byName.includes(name) : wanted.includes(name),
);
// One after the other: each has a server and browsers of its own, and some measure.
await run(folder, told, ["--test-concurrency=1", "--test-timeout=300000"]);
