import type { CoreFault } from "../core/api";
import type { Fault } from "../core/fault";
import { Answer, type AnswerProps } from "./answer";
import { FaultNotice } from "./notice";
import { Title } from "./title";

/** What the core answers if an address names nothing that is here. */
const NOWHERE: readonly (CoreFault["type"] | undefined)[] = ["notFound", "invalidInput"];

/** A page of what its address names; where that is not here, that is said in place of the page. */
export function OfAddress<T>({ asked, children }: AnswerProps<T>) {
  const { value, fault } = asked;
  if (value === undefined && fault) return <NothingHere fault={fault} />;
  return <Answer asked={asked}>{children}</Answer>;
}

/** That an address leads nowhere, or why it leads no further. */
export function NothingHere({ fault }: { fault?: Fault }) {
  const isNowhere = !fault || NOWHERE.includes(fault.of?.type);
  const title = isNowhere ? "There is nothing at this address" : "This cannot be shown";
  return (
    <>
      <Title text={title} />
      {isNowhere ? (
        <p>It may be mistyped or cut off, or what it names has not come to this desk yet.</p>
      ) : (
        <FaultNotice fault={fault} />
      )}
      <p>
        <a href="#/">Go to the inbox</a>
      </p>
    </>
  );
}
