// A phone in somebody's hand: it keeps in sync by itself, and is told line by line what is typed.

import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { typist } from "./programs.ts";

/** What a phone answers. */
interface Answer {
  text?: string;
}

/** A phone that is typed on. Meanwhile no other program can have its home. */
export class Typist {
  private readonly answers: AsyncIterator<string>;

  private constructor(private readonly child: ChildProcessWithoutNullStreams) {
    this.answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    process.once("exit", () => child.kill("SIGKILL"));
  }

  static async start(home: string): Promise<Typist> {
    const phone = new Typist(spawn(typist(), [home]));
    phone.child.stderr.pipe(process.stderr);
    await phone.answer();
    return phone;
  }

  /** What a section says here now. */
  async reads(project: string, section: string): Promise<string> {
    const { text } = await this.tell({ do: "read", project, section });
    return text ?? "";
  }

  /** Puts words where others stand. */
  async replaces(project: string, section: string, words: string, by: string): Promise<void> {
    await this.tell({ do: "replace", project, section, words, with: by });
  }

  /** Makes so many changes of a section, each of which adds a letter. */
  async grows(project: string, section: string, changes: number): Promise<void> {
    await this.tell({ do: "grow", project, section, changes });
  }

  /** Puts the phone away. */
  async end(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = new Promise((resolve) => this.child.once("exit", resolve));
    this.child.stdin.end();
    await ended;
  }

  private async tell(order: object): Promise<Answer> {
    this.child.stdin.write(`${JSON.stringify(order)}\n`);
    return this.answer();
  }

  private async answer(): Promise<Answer> {
    const { value, done } = await this.answers.next();
    if (done) throw new Error("the phone ended by itself");
    return JSON.parse(value);
  }
}
