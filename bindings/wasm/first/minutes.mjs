// The first minutes of people at a desk. What the module does in them is in its first part, for
// which a page waits; all else comes behind it. Told to a module that says which of its functions
// are called: `node minutes.mjs MODULE FUNCTIONS METHODS` writes their numbers, and the methods that
// were called, as JSON.
import { readFileSync, writeFileSync } from "node:fs";
import { argv, exit } from "node:process";
import { MessageChannel } from "node:worker_threads";
import { budget, js, module as folder, settle, World } from "../tests/world.mjs";
import { letGo } from "./files.mjs";

const { adding, connect, TextBinding, textOf } = await import(`${js}/core.js`);
const { serve } = await import(`${js}/worker.js`);
const [watched, functions, methods] = argv.slice(2);

const called = new Set();
const asked = new Set();
const watch = { called: (number) => called.add(number) };
const { instantiate } = WebAssembly;
WebAssembly.instantiate = (module, imports) => instantiate(module, { ...imports, watch });

/** A desk, whose core is in this thread. Each has a module of its own. */
class Desk {
  static count = 0;

  static async open(world, key) {
    const glue = new URL(`${folder}/enhance_wasm.js?${Desk.count++}`);
    const module = await import(glue.href);
    const { port1, port2 } = new MessageChannel();
    serve(port(port2), async () => {
      const { memory } = await module.default({ module_or_path: readFileSync(watched) });
      return { open: module.open, memory, before: (method) => void asked.add(method) };
    });
    const opening = { folder: "account", stays: key !== null, key };
    const { core } = await connect(port(port1), opening);
    await core.observe(() => {});
    await core.account();
    return new Desk(core);
  }

  constructor(core) {
    this.core = core;
  }

  async joins(world, name, role) {
    const { core } = this;
    const said = world.run("invite", "--data", world.data, "--role", role, "--name", name, "--json");
    this.enrolled = await core.enrol(world.url, JSON.parse(said).invitation, "A desk");
    return this;
  }

  /** The page is there, as whoever opens it finds it: what waits in the inbox. */
  async arrives() {
    const { core } = this;
    await core.setConditions({ online: true, metered: false, foreground: true });
    await core.keepInSync();
    await core.sync(budget);
    await this.looks();
    const { items } = await core.inbox(null, 30);
    return items;
  }

  /** What stands around each page. */
  async looks() {
    const { core } = this;
    await core.account();
    await core.inboxCounts();
    await core.syncState();
    await core.quarantined();
    await core.unsent();
    await core.unsettled();
  }

  /** A plan is opened, as far as a window shows of it. It may not have come yet. */
  async reads(plan) {
    const { core } = this;
    await core.projects(null, 30);
    await core.enter(plan, "problem").catch(() => {});
    const view = await core.project(plan).catch(() => undefined);
    if (view === undefined) return;
    await core.markSeen(plan);
    await core.people();
    await core.fieldAuthors(plan);
    await core.threads(plan);
    await core.suggestions(plan);
    await core.company(plan);
    await core.planChecks(plan);
    await core.programme();
    await core.signOffsOf(plan);
    await core.takenBackComments(plan);
    for (const { id } of view.project.measures) await core.chart(plan, id, 640);
  }

  /** Words are typed into a section, and are stored on the server. */
  async types(plan, words) {
    const { core } = this;
    const field = { type: "section", value: "problem" };
    const on = textOf(await core.project(plan), field);
    const typed = new TextBinding(core, plan, field, on, () => {});
    typed.typed(on.text + words);
    await this.looks();
    await typed.settle();
    await this.looks();
    typed.close();
    await core.sync(budget);
    await this.looks();
  }
}

function port(end) {
  return {
    postMessage: (message, transfer) => end.postMessage(message, transfer),
    addEventListener: (_, heard) => end.on("message", (data) => heard({ data })),
  };
}

/** A trainee at a ward's computer, and her supervisor at his own. */
async function minutes(world) {
  const key = crypto.getRandomValues(new Uint8Array(32));
  const ana = await (await Desk.open(world, null)).joins(world, "Dr Ana Ruiz", "trainee");
  const ben = await (await Desk.open(world, key)).joins(world, "Dr Ben Lee", "supervisor");
  await ana.arrives();
  await ben.arrives();

  const plan = await ana.core.createProject("Fewer falls at night");
  await ana.types(plan, "Patients fall.");
  const measure = await ana.core.newItemId();
  const says = { name: "Falls a week", kind: "outcome", unit: "count" };
  await ana.core.editProject(plan, null, adding("measure", measure, says));
  await ana.core.addMember(plan, ben.enrolled.account.person.id, "edit");
  await settle(ana, ben);

  const waits = await ben.arrives();
  if (waits.length === 0) throw new Error("nothing waits for Ben");
  await ben.core.acceptInvitation(plan);
  await ben.reads(plan);
  await settle(ben, ana, ben);
  await ben.reads(plan);
  await ben.types(plan, " Most at night.");
  await settle(ana);
  await ana.reads(plan);
  await ana.types(plan, " Few are seen.");
  await ben.core.sync(budget);
  await ben.core.stepOut();
  await ben.core.leave();

  letGo();
  const again = await Desk.open(world, key);
  await again.arrives();
  await again.reads(plan);
  await again.core.leave();
}

const world = await World.begin();
try {
  await minutes(world);
} finally {
  await world.end();
}
writeFileSync(functions, [...called].sort((a, b) => a - b).join("\n"));
writeFileSync(methods, JSON.stringify([...asked].sort()));
console.log(`${called.size} functions are called in the first minutes, by ${asked.size} methods`);
exit(0);
