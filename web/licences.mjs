// Every package that is in the page or builds it must have a licence that the project allows.
import { readFileSync } from "node:fs";

const allowed = new Set([
  "MIT",
  "Apache-2.0",
  "ISC",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "0BSD",
  "MPL-2.0",
  "BlueOak-1.0.0",
]);

/** Whether one of the licences of an expression such as `(MIT OR Apache-2.0)` is allowed. */
function isAllowed(expression) {
  const choices = expression.replace(/[()]/g, "").split(/ OR /);
  return choices.some((choice) => choice.split(/ AND /).every((one) => allowed.has(one.trim())));
}

const { packages } = JSON.parse(
  readFileSync(new URL("package-lock.json", import.meta.url), "utf8"),
);
const refused = Object.entries(packages)
  .filter(([path]) => path !== "")
  .filter(([, { license }]) => !isAllowed(license ?? "none"));
for (const [path, { license }] of refused) {
  console.error(`${path}: ${license ?? "names no licence"}`);
}
const addresses = Object.entries(packages).filter(([, { resolved }]) => resolved !== undefined);
for (const [path, { resolved }] of addresses) {
  console.error(`${path}: the lock file names an address, ${resolved}`);
}
process.exitCode = refused.length + addresses.length > 0 ? 1 : 0;
