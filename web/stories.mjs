// Tells the stories in `tests/stories`: all that take no minutes, or those whose names are given.
import { run, testsIn } from "./build/node_tests.mjs";

const folder = "tests/stories";
const long = ["twenty_thousand"];
const wanted = process.argv.slice(2);
const told = testsIn(folder).filter((name) =>
  wanted.length === 0 ? !long.includes(name) : wanted.includes(name),
);
// One after the other: each has a server and browsers of its own, and some measure.
await run(folder, told, ["--test-concurrency=1", "--test-timeout=300000"]);
