import { useState } from "preact/hooks";
import { link } from "../../app/routes";
import type { ChangeProject, DisagreementView, ItemId, ProjectEdit } from "../../core/api";
import { useDesk } from "../../core/desk";
import type { Fault } from "../../core/fault";
import { FaultNotice } from "../../parts/notice";
import { aim, type Field, fieldsOf, names } from "./declared";
import { usePlan, useProject } from "./plan";
import { nameOf, Small } from "./remark";
import { readAs } from "./settable";
import { upperFirst } from "./thing_form";
import { camel, edit, editAim, labelOf, placed, thingsOf } from "./things";
import * as words from "./words";

/** What two people set differently at once, each settled by choosing one. */
export function Disagreements({ of }: { of: readonly DisagreementView[] }) {
  if (of.length === 0) return null;
  return (
    <section class="plan-part plan-disagreements" aria-labelledby="disagreements">
      <h2 class="nhsuk-heading-m" id="disagreements">
        Set differently at once
      </h2>
      <p>Two people set these at the same time. Choose what is meant; that settles it.</p>
      {of.map((one) => (
        <Choose key={one.path} disagreement={one} />
      ))}
    </section>
  );
}

function Choose({ disagreement: { path, values } }: { disagreement: DisagreementView }) {
  const plan = usePlan();
  const project = useProject();
  const { core } = useDesk();
  const [fault, setFault] = useState<Fault>();
  const shown = values.length - 1;
  const choose = async (text: string) => {
    const settled = settling(path, text, await core.newItemId());
    if (settled) setFault(await plan.edit([settled]));
  };
  return (
    <div class="plan-card">
      <h3 class="nhsuk-heading-s">
        <a href={link("/projects/:id", { id: plan.id }, path)}>{nameOfPlace(path, project)}</a>
      </h3>
      <ul class="plan-choices">
        {values.map(({ text, by }, index) => (
          <li key={index}>
            <strong>{inPeoplesWords(path, text) || "Nothing"}</strong>, set by {nameOf(by)}
            {index === shown && " (shown meanwhile)"}{" "}
            {plan.may.edit && settling(path, text, "" as ItemId) && (
              <Small
                label={`Choose ${inPeoplesWords(path, text)} of ${nameOf(by)}`}
                onClick={() => void choose(text)}
              >
                Choose this
              </Small>
            )}
          </li>
        ))}
      </ul>
      <FaultNotice fault={fault} />
    </div>
  );
}

/** The field that is at a place, as it is declared. */
function fieldAt(path: string): Field | undefined {
  const at = placed(path);
  if (at.type === "aim") return Reflect.get(aim, at.field) as Field | undefined;
  if (at.type === "thing" && at.field !== undefined) return fieldsOf(at.noun)[at.field];
  if (at.type === "field" && at.field === "status") {
    return { kind: "words", label: "Status", words: words.status };
  }
  return undefined;
}

/** What a field says, as this page says it. */
function inPeoplesWords(path: string, text: string): string {
  const field = fieldAt(path);
  return field?.kind === "words" ? (field.words[camel(text)] ?? text) : text;
}

/** The edit that settles a field; undefined where this page has none. `id` is a fresh one. */
export function settling(path: string, text: string, id: ItemId): ProjectEdit | undefined {
  const at = placed(path);
  if (at.type === "field") return settlingPlan(at.field, text, id);
  const field = fieldAt(path);
  if (!field) return undefined;
  const read = valueIn(field, text);
  if (!read) return undefined;
  if (at.type === "aim") return editAim(at.field, read.value);
  return at.type === "thing" && at.field !== undefined
    ? edit(at.noun, at.id, at.field, read.value)
    : undefined;
}

function valueIn(field: Field, text: string): { value: unknown } | undefined {
  switch (field.kind) {
    case "words":
      return { value: text === "" ? null : camel(text) };
    case "item":
    case "person":
      return { value: text === "" ? null : text };
    case "moment": {
      const at = new Date(text);
      if (text === "") return { value: null };
      return Number.isNaN(at.getTime()) ? undefined : { value: at };
    }
    case "items":
    case "ticks":
      return undefined;
    default:
      return readAs(field, text);
  }
}

function settlingPlan(field: string, text: string, id: ItemId): ProjectEdit | undefined {
  const on = text === "" ? null : text;
  switch (field) {
    case "title":
      return { type: "title", title: text };
    case "topic":
      return { type: "topic", topic: text };
    case "setting":
      return { type: "setting", setting: text };
    case "start":
      return { type: "start", on };
    case "end":
      return { type: "end", on };
    case "progress":
      return { type: "progress", score: text === "" ? null : Math.round(Number(text) * 2) };
    case "status": {
      const to = camel(text) as keyof typeof words.status;
      const note = "Two people had moved it at once.";
      return to in words.status ? { type: "move", id, to, at: new Date(), note } : undefined;
    }
    default:
      return undefined;
  }
}

/** What is at a place, as a person calls it. */
export function nameOfPlace(path: string, project: ChangeProject): string {
  const at = placed(path);
  switch (at.type) {
    case "whole":
      return "The whole plan";
    case "section":
      return words.section[at.section] ?? "A text";
    case "aim":
      return `Aim: ${(Reflect.get(aim, at.field) as Field | undefined)?.label ?? ""}`;
    case "field":
      return upperFirst(at.field);
    case "thing": {
      const thing = thingsOf(project, at.noun).find((one) => one.id === at.id);
      const name = (thing && labelOf(at.noun, thing)) || upperFirst(names[at.noun][0]);
      const field = at.field === undefined ? undefined : fieldsOf(at.noun)[at.field];
      return field ? `${name}: ${field.label}` : name;
    }
  }
}
