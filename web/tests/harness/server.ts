// The real server as a process, with a folder of its own.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server as HttpServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { done, Running } from "./process.ts";
import { bench, content, page, server } from "./programs.ts";
import { until } from "./wait.ts";

/** What a person is on the programme. */
export type Role = "trainee" | "supervisor" | "fellow" | "partner";

/** A server that listens on a free port of this machine. */
export class Server {
  private process: Running | undefined;
  private portal: HttpServer | undefined;
  private address = "127.0.0.1:0";
  private readonly place = mkdtempSync(join(tmpdir(), "enhance-server-"));
  private readonly folder = join(this.place, "data");
  private readonly settings = join(this.place, "server.toml");

  /** Publishes the programme and starts. */
  static async start(): Promise<Server> {
    const started = new Server();
    writeFileSync(started.settings, `web = ${JSON.stringify(page)}\n`);
    await done(server(), ["publish", "--data", started.folder, content]);
    await started.begin();
    return started;
  }

  /** Where the page is. */
  get url(): string {
    return `http://${this.address}`;
  }

  /** Starts, where it was before if it was. */
  async begin(): Promise<void> {
    const where = ["--data", this.folder, "--listen", this.address, "--config", this.settings];
    const process = Running.start(server(), ["serve", ...where]);
    this.process = process;
    const ready = await until(
      "the server",
      () => process.lines[0] ?? (process.hasEnded ? "" : undefined),
    );
    const bound = /^enhance-server ready at http:\/\/(\S+)$/.exec(ready)?.[1];
    if (bound === undefined) {
      throw new Error(`the server did not start: ${ready}${process.complaints.join("\n")}`);
    }
    this.address = bound;
  }

  /** A code by which somebody joins. */
  async invite(role: Role, name: string): Promise<string> {
    const who = ["--role", role, "--name", name];
    const out = await done(server(), ["invite", "--data", this.folder, "--json", ...who]);
    return (JSON.parse(out) as { invitation: string }).invitation;
  }

  /** A plan of so many changes, typed on another device of somebody who has joined. */
  async longPlan(person: string, changes: number): Promise<string> {
    const who = ["--person", person];
    const out = await done(server(), ["invite", "--data", this.folder, "--json", ...who]);
    const { invitation } = JSON.parse(out) as { invitation: string };
    return (await done(bench(), ["long-plan", this.url, invitation, String(changes)])).trim();
  }

  /** Ends it without asking. */
  async kill(): Promise<void> {
    await this.process?.kill();
  }

  /** Copies the folder as it is now, with the server at rest, to be restored later. */
  async keep(): Promise<string> {
    const kept = join(this.place, "backup");
    await done(server(), ["backup", "--data", this.folder, "--to", kept]);
    return kept;
  }

  /** Stops, puts a backup in the place of what there is, and starts in a new epoch. */
  async restore(kept: string): Promise<void> {
    await this.process?.stop();
    await done(server(), ["restore", "--data", this.folder, "--from", kept]);
    await this.begin();
  }

  /** Puts something else in the server's place, which answers all questions with its own page. */
  async becomePortal(): Promise<void> {
    await this.process?.stop();
    const [host, port] = this.address.split(":");
    const page = "<!doctype html><title>Guest network</title><h1>Accept the terms</h1>";
    this.portal = createServer((_, answer) => {
      answer.writeHead(200, { "content-type": "text/html" }).end(page);
    });
    await new Promise<void>((ready) => this.portal?.listen(Number(port), host, ready));
  }

  /** The server is back in its place. */
  async endPortal(): Promise<void> {
    const portal = this.portal;
    portal?.closeAllConnections();
    await new Promise<void>((closed) => (portal ? portal.close(() => closed()) : closed()));
    await this.begin();
  }

  /** Stops, and leaves nothing. */
  async end(): Promise<void> {
    await this.process?.kill();
    this.portal?.closeAllConnections();
    this.portal?.close();
    rmSync(this.place, { recursive: true, force: true });
  }
}
