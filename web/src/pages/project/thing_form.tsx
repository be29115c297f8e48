import type { ComponentChildren } from "preact";
import { useId, useState } from "preact/hooks";
import type { ItemId } from "../../core/api";
import { useDesk } from "../../core/desk";
import { type Fault, faultOf } from "../../core/fault";
import { Button } from "../../parts/button";
import { FaultNotice } from "../../parts/notice";
import { Of, OfContext, useOf } from "../../parts/of";
import { fieldsOf, type ItemNoun, names } from "./declared";
import { addName, focusLater, thing } from "./focus";
import { memo } from "./memo";
import { idAt } from "./part";
import { usePlan } from "./plan";
import { Settable } from "./settable";
import { TakeBack, Undo } from "./take_back";
import { PlanText } from "./text";
import {
  adding,
  calledEach,
  edit,
  labelOf,
  placeOf,
  type Thing,
  textOf,
  upperFirst,
} from "./things";
import { Beside, SayAbout } from "./threads";

interface FieldsProps {
  noun: ItemNoun;
  id: ItemId;
  record: Thing["record"];
  /** The fields that are shown, in this order; all if none are named. */
  only?: readonly string[];
}

/** The fields of a thing, each as the core declares it. */
export const ThingFields = memo(function ThingFields({ noun, id, record, only }: FieldsProps) {
  const declared = fieldsOf(noun);
  return (
    <div class="plan-fields">
      {(only ?? Object.keys(declared)).map((name) => {
        const field = declared[name];
        if (!field) return null;
        const place = placeOf(noun, id, name);
        if (field.kind === "text") {
          return (
            <PlanText
              key={name}
              label={field.label}
              hint={field.hint}
              place={place}
              field={textOf(noun, id, name)}
              text={String(record[name] ?? "")}
              rows={1}
            />
          );
        }
        return (
          <Settable
            key={name}
            field={field}
            place={place}
            value={record[name]}
            edit={(value) => edit(noun, id, name, value)}
          />
        );
      })}
    </div>
  );
});

interface ThingCardProps {
  noun: ItemNoun;
  id: ItemId;
  record: Thing["record"];
  title: string;
  /** What it is called in names, as nothing else on the page is. */
  called: string;
  only?: readonly string[];
  /** Fields that are shown when they are asked for. */
  further?: readonly string[];
  children?: ComponentChildren;
}

/** A thing in a plan: what it says, what is said about it, and how it is taken back. */
export const ThingCard = memo(function ThingCard(props: ThingCardProps) {
  const { noun, id, record, title, called, only, further, children } = props;
  const place = placeOf(noun, id);
  return (
    <OfContext.Provider value={called}>
      <Undo beside={idAt(place)} />
      <div class="plan-card" id={idAt(place)} data-near {...thing(noun)}>
        <h3 class="nhsuk-heading-s" tabIndex={-1}>
          {title}
        </h3>
        <ThingFields noun={noun} id={id} record={record} {...(only && { only })} />
        {further && (
          <details class="nhsuk-details">
            <summary class="nhsuk-details__summary">
              <span class="nhsuk-details__summary-text">
                More about this {names[noun][0]}
                <Of />
              </span>
            </summary>
            <div class="nhsuk-details__text">
              <ThingFields noun={noun} id={id} record={record} only={further} />
            </div>
          </details>
        )}
        {children}
        <div class="plan-row">
          <SayAbout place={place} label={`Comment on ${called}`} />
          <TakeBack noun={noun} id={id} title={called} />
        </div>
        <Beside place={place} />
      </div>
    </OfContext.Provider>
  );
});

interface AddProps {
  noun: ItemNoun;
  said?: Readonly<Record<string, unknown>>;
  words?: string;
}

/** Adds an empty thing, and brings the focus to its first field once it is there. */
export function Add({ noun, said, words = `Add ${article(names[noun][0])}` }: AddProps) {
  const { may } = usePlan();
  const { add, fault, isBusy } = useAdding(noun);
  const id = useId();
  if (!may.edit) return null;
  return (
    <>
      <Undo beside={id} />
      <Button
        id={id}
        name={addName(noun)}
        kind="secondary"
        busy={isBusy}
        onClick={() => void add(said)}
      >
        {words}
        <Of />
      </Button>
      <FaultNotice fault={fault} />
    </>
  );
}

/** Adds things of a kind with what they say from the beginning. */
export function useAdding(noun: ItemNoun) {
  const { core } = useDesk();
  const plan = usePlan();
  const [fault, setFault] = useState<Fault>();
  const [isBusy, setIsBusy] = useState(false);
  const add = async (said?: Readonly<Record<string, unknown>>): Promise<ItemId | undefined> => {
    setIsBusy(true);
    try {
      const id = await core.newItemId();
      const refused = await plan.edit(adding(noun, id, said));
      setFault(refused);
      if (refused) return undefined;
      focusLater(idAt(placeOf(noun, id)));
      return id;
    } catch (error) {
      setFault(faultOf(error));
      return undefined;
    } finally {
      setIsBusy(false);
    }
  };
  return { add, fault, isBusy };
}

/** A noun with the article that it takes. */
export function article(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? "an" : "a"} ${noun}`;
}

interface ThingListProps {
  noun: ItemNoun;
  things: readonly Thing[];
  only?: readonly string[];
  further?: readonly string[];
  /** What a new one says from the beginning. */
  said?: Readonly<Record<string, unknown>>;
  heading?: string;
}

/** The things of a kind, one after the other, and a way to add one. */
export function ThingList({ noun, things, only, further, said, heading }: ThingListProps) {
  const [one, many] = names[noun];
  const { may } = usePlan();
  const of = useOf();
  const called = calledEach(noun, things);
  return (
    <>
      {heading && <h3 class="nhsuk-heading-s">{heading}</h3>}
      {things.length === 0 && !may.edit && <p class="plan-quiet">{many}: none yet.</p>}
      {things.map((thing, index) => (
        <ThingCard
          key={thing.id}
          noun={noun}
          id={thing.id}
          record={thing.record}
          title={labelOf(noun, thing) || `${upperFirst(one)} ${index + 1}`}
          called={`${called[index]}${of}`}
          {...(only && { only })}
          {...(further && { further })}
        />
      ))}
      <Add noun={noun} {...(said && { said })} />
    </>
  );
}
