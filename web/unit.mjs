// Runs the tests that stand beside the sources.
import { run, testsIn } from "./build/node_tests.mjs";

await run("src", testsIn("src"));
