import type { ComponentChildren } from "preact";
import type { Asked } from "../core/use_core";
import { FaultNotice } from "./notice";

export interface AnswerProps<T> {
  asked: Asked<T>;
  children: (value: T) => ComponentChildren;
}

/** What the core answered; until then that it is being read, and what went wrong. */
export function Answer<T>({ asked, children }: AnswerProps<T>) {
  const { value, fault } = asked;
  return (
    <>
      <FaultNotice fault={fault} />
      {value === undefined ? !fault && <p>Reading…</p> : children(value)}
    </>
  );
}
