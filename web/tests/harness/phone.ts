// The second person: a home of the terminal client, which is a host of the core as a phone is.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { done, run } from "./process.ts";
import { enhance } from "./programs.ts";
import type { Role, Server } from "./server.ts";
import { Typist } from "./typist.ts";

/** What a command answers with `--json`; a story knows what it asked for. */
// biome-ignore lint/suspicious/noExplicitAny: the shape is the terminal client's own.
type Answer = any;

/** A person with a home of their own. */
export class Phone {
  private readonly place = mkdtempSync(join(tmpdir(), "enhance-phone-"));

  private typist: Typist | undefined;

  private constructor(readonly name: string) {}

  /** A person who has joined and has the programme. */
  static async join(server: Server, role: Role, name: string): Promise<Phone> {
    const phone = new Phone(name);
    const code = await server.invite(role, name);
    await phone.does("enrol", "--server", server.url, code);
    await phone.does("sync");
    await phone.does("pack", "update");
    return phone;
  }

  private args(words: readonly string[]): string[] {
    return ["--home", join(this.place, "home"), "--json", ...words];
  }

  /** Runs a command that must succeed, and returns its answer. */
  async does(...words: string[]): Promise<Answer> {
    return JSON.parse(await done(enhance(), this.args(words)));
  }

  /** Runs a command that may be refused, and says whether it was not. */
  async tries(...words: string[]): Promise<boolean> {
    return (await run(enhance(), this.args(words))).exit === 0;
  }

  /** Begins a plan in which these may take part once they accept. */
  async begins(title: string, members: readonly string[], right = "edit"): Promise<string> {
    const { project } = await this.does("project", "new", "--title", title);
    await this.does("sync");
    for (const member of members) {
      await this.does("project", "invite", project, member, "--right", right);
    }
    await this.does("sync");
    return project;
  }

  /** Begins a plan from a recipe that somebody handed over. */
  async adopts(recipe: object): Promise<string> {
    const file = join(this.place, "recipe.json");
    writeFileSync(file, JSON.stringify(recipe));
    return (await this.does("project", "new", "--from", `@${file}`)).project;
  }

  /** Writes a section of a plan, and sends it. */
  async writes(project: string, section: string, text: string): Promise<void> {
    await this.does("project", "edit", project, "--section", `${section}=${text}`);
    await this.does("sync");
  }

  /** What a section says here, once this phone has asked the server. */
  async reads(project: string, section: string): Promise<string> {
    await this.does("sync");
    const { project: content } = await this.does("project", "show", project);
    return content.sections[section] ?? "";
  }

  /** Writes a reflection, and shares a copy of it with somebody. */
  async shares(title: string, answer: string, person: string): Promise<string> {
    const reflection = await this.reflects(title, answer);
    const { copy } = await this.does("reflect", "share", reflection, "--with", person);
    await this.does("sync");
    return copy;
  }

  /** Writes a reflection with one answer, and returns its id. */
  async reflects(title: string, answer: string): Promise<string> {
    const thought = ["--template", "quick-capture", "--answer", `thought=${answer}`];
    const { document } = await this.does("reflect", "new", "--title", title, ...thought);
    return document;
  }

  /** Takes the phone in the hand: it keeps in sync and is typed on until it is put away. */
  async typing(): Promise<Typist> {
    this.typist = await Typist.start(join(this.place, "home"));
    return this.typist;
  }

  /** Leaves nothing. */
  async end(): Promise<void> {
    await this.typist?.end();
    rmSync(this.place, { recursive: true, force: true });
  }
}
