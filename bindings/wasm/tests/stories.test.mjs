// What a person does in a browser, over the real module and a real server.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { budget, js, settle, until, World } from "./world.mjs";

const { CoreError, TextBinding, adding, textOf } = await import(`${js}/core.js`);

let world;

before(async () => {
  world = await World.begin();
});

after(() => world.end());

test("a trainee joins, writes a reflection, finds it and syncs it", async () => {
  const { core, account } = await world.person("Dr Ana Ruiz", "trainee");
  assert.equal(account.person.name, "Dr Ana Ruiz");
  await core.sync(budget);
  const [pack] = await core.packs();
  const heard = [];
  await core.updatePack(pack.key, { progress: ({ type }) => heard.push(type) });
  assert.ok(heard.includes("downloaded"), String(heard));
  assert.ok((await core.templates()).length > 0);
  const id = await core.createReflection("quick-capture", "The café on the ward");
  const { items: found } = await core.search("cafe", 0, 10, "newest");
  const target = { type: "document", id, kind: "reflection" };
  assert.deepEqual(found.find(({ title }) => title === "The café on the ward").target, target);
  const report = await core.sync(budget);
  assert.ok(report.pushed > 0);
  assert.equal((await core.status(id)).stage, "stored");
  const state = await core.syncState();
  assert.ok(Date.now() - state.lastSuccess.getTime() < 60_000);
});

test("an error has its code, its reason and what is known of it", async () => {
  const { core } = await world.browser();
  const failure = await core.sync(budget).catch((error) => error);
  assert.ok(failure instanceof CoreError);
  assert.equal(failure.code, "not_enrolled");
  assert.deepEqual([failure.fault.type, failure.fault.neverEnrolled], ["signInNeeded", true]);
  assert.equal(failure.message, failure.reason);
  await assert.rejects(core.project("no id"), { code: "invalid_input" });
  await assert.rejects(core.tick("no id", "no id", 1.5, 1), { code: "invalid_input" });
});

test("a call is ended by its signal", async () => {
  const { core } = await world.person("Dr Dan Frost", "trainee");
  await assert.rejects(core.sync(budget, { signal: AbortSignal.abort() }), { code: "cancelled" });
});

test("a plan is shared and written in by two people, whose words are all kept", async () => {
  const [ana, ben] = [
    await world.person("Dr Ana Lind", "trainee"),
    await world.person("Dr Ben Okoro", "supervisor"),
  ];
  await settle(ana, ben);
  const plan = await ana.core.createProject("Fewer falls at night");
  await ana.core.editProject(plan, null, [
    { type: "section", section: "problem", text: "Patients fall." },
  ]);
  await ana.core.addMember(plan, ben.account.person.id, "edit");
  await settle(ana, ben);
  await ben.core.acceptInvitation(plan);
  await settle(ben, ana);

  const base = (await ana.core.project(plan)).version;
  const problem = (text) => [{ type: "section", section: "problem", text }];
  await ana.core.editProject(plan, base, problem("Frail patients fall."));
  await ben.core.editProject(plan, base, problem("Patients fall at night."));
  await settle(ana, ben);
  for (const { core } of [ana, ben]) {
    const { project } = await core.project(plan);
    assert.equal(project.sections.get("problem"), "Frail patients fall at night.");
  }

  const measure = await ben.core.newItemId();
  const says = { name: "Falls a week", kind: "outcome", unit: "count" };
  await ben.core.editProject(plan, null, adding("measure", measure, says));
  await settle(ben, ana);
  const { project } = await ana.core.project(plan);
  assert.deepEqual(
    project.measures.map(({ id, measure }) => [id, measure.name, measure.unit]),
    [[measure, "Falls a week", "count"]],
  );
});

test("a field shows what another person writes, and keeps its caret", async () => {
  const { core } = await world.person("Dr Eva Stone", "trainee");
  const plan = await core.createProject("Typed into");
  const field = { type: "section", value: "problem" };
  const shows = [];
  const on = textOf(await core.project(plan), field);
  const binding = new TextBinding(core, plan, field, on, (shown) => shows.push(shown));
  binding.typed("Patients fall.");
  const version = await binding.settle();
  assert.equal((await core.project(plan)).version, version);
  binding.typed("Patients fall.", 8);
  const problem = [{ type: "section", section: "problem", text: "Frail patients fall." }];
  await core.editProject(plan, version, problem);
  await until(() => shows.at(-1)?.text === "Frail patients fall.");
  assert.equal(shows.at(-1).selectionStart, "Frail patients".length);
  binding.close();
});
