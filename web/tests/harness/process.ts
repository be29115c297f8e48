// Running programs: to their end, or until a story ends them.

import { type ChildProcess, execFile, type StdioOptions, spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** What a program that ended had to say. */
export interface Ending {
  exit: number;
  out: string;
  complaint: string;
}

/** Runs a program to its end, which may be a failure. */
export function run(program: string, args: readonly string[]): Promise<Ending> {
  return new Promise((resolve) => {
    const options = { encoding: "utf8", maxBuffer: 64 << 20 } as const;
    execFile(program, args, options, (failure, out, complaint) => {
      const code = failure?.code;
      const exit = failure === null ? 0 : typeof code === "number" ? code : -1;
      resolve({ exit, out, complaint });
    });
  });
}

/** Runs a program that must succeed, and returns what it printed. */
export async function done(program: string, args: readonly string[]): Promise<string> {
  const { exit, out, complaint } = await run(program, args);
  if (exit !== 0) throw new Error(`${program} ${args.join(" ")}: ${exit}\n${out}${complaint}`);
  return out;
}

/** A program that goes on until it is ended, in a process group of its own. */
export class Running {
  private readonly ended: Promise<void>;

  private constructor(
    private readonly child: ChildProcess,
    /** What it printed so far, line by line. */
    readonly lines: string[],
    /** What it complained of, and logged. */
    readonly complaints: string[],
  ) {
    this.ended = new Promise((resolve) => child.once("exit", () => resolve()));
  }

  /** Starts it. What it prints is read to the end, so that it never waits for a reader. */
  static start(program: string, args: readonly string[], more: Record<string, string> = {}) {
    const stdio: StdioOptions = ["ignore", "pipe", "pipe"];
    const env = { ...process.env, ...more };
    const child = spawn(program, args, { detached: true, stdio, env });
    if (!child.stdout || !child.stderr) throw new Error(`${program} cannot be heard`);
    const lines: string[] = [];
    createInterface({ input: child.stdout }).on("line", (line) => lines.push(line));
    const complaints: string[] = [];
    createInterface({ input: child.stderr }).on("line", (line) => complaints.push(line));
    const running = new Running(child, lines, complaints);
    const end = () => running.signal("SIGKILL");
    process.once("exit", end);
    child.once("exit", () => process.off("exit", end));
    return running;
  }

  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** Asks it to stop, and waits until it has. */
  async stop(): Promise<void> {
    this.signal("SIGTERM");
    await this.ended;
  }

  /** Ends it and all it started without asking. */
  async kill(): Promise<void> {
    this.signal("SIGKILL");
    await this.ended;
  }

  private signal(name: NodeJS.Signals): void {
    if (this.child.pid === undefined || this.hasEnded) return;
    try {
      process.kill(-this.child.pid, name);
    } catch {
      // It ended in this moment.
    }
  }
}
