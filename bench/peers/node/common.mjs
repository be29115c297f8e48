// What the peers of Node share: they say `ready`, then answer each line with a line of JSON.

import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

/** The documents of the bench: for each the pieces it was typed in. */
export const documents = JSON.parse(readFileSync(process.argv[2], "utf8"));

/** Answers every line on standard input with what one first sync cost. */
export async function serve(firstSync) {
  console.log("ready");
  for await (const _ of createInterface({ input: process.stdin })) {
    const traffic = { up: 0, down: 0, trips: 0 };
    const [began, used] = [performance.now(), process.cpuUsage()];
    await firstSync(traffic, (done) => {
      const { user, system } = process.cpuUsage(used);
      console.log(
        JSON.stringify({
          documents: done,
          cpu_ms: (user + system) / 1000,
          wall_ms: performance.now() - began,
          bytes_up: traffic.up,
          bytes_down: traffic.down,
          trips: traffic.trips,
        }),
      );
    });
  }
}
