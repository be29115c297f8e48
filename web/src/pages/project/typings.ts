/** The texts of a document that are being typed on this page. */

import { settleFields, TextBinding } from "../../../../bindings/wasm/js/core";
import type { DocumentId, DraftField, LearningCore, Version } from "../../core/api";
import type { Said } from "../../typing/held";
import type { PlanTyping } from "./plan";

/** Milliseconds after which what is typed settles: at a desk bytes are not counted, and a phone is to
 * show it within a second. */
const PAUSE = 600;

export class Typings {
  readonly #core: LearningCore;
  readonly #document: DocumentId;

  constructor(core: LearningCore, document: DocumentId) {
    this.#core = core;
    this.#document = document;
  }

  /** Begins to take in what a person types into a text, which says this in this version. */
  open(field: DraftField, base: Version, text: string, show: (said: Said) => void): PlanTyping {
    return new TextBinding(this.#core, this.#document, field, { text, base }, show, PAUSE);
  }

  /** Makes all that was typed by now part of the document, before something is made of it. */
  settle(): Promise<void> {
    return settleFields(this.#core, this.#document);
  }
}
