/** The texts of a document that are being typed on this page. */

import { settleFields, TextBinding } from "../../../../bindings/wasm/js/core";
import type {
  Changes,
  DocumentId,
  DraftField,
  LearningCore,
  ProjectEdit,
  ProjectView,
  Version,
} from "../../core/api";
import type { Typing } from "../../typing/field";
import type { Said } from "../../typing/held";
import { type SaidIn, settleWhole, WholeTyping } from "../../typing/whole";

/** Milliseconds after which what is typed settles: at a desk bytes are not counted, and a phone is to
 * show it within a second. */
const PAUSE = 600;

/** A text of the plan that is being typed. */
export interface PlanTyping extends Typing {
  /** Makes what was typed part of the plan: the version that the field shows then. */
  settle(): Promise<Version>;
}

/** A text of a plan that is written with edits of the plan. */
export interface Whole {
  readonly isShared: boolean;
  edit(text: string): ProjectEdit;
  read(view: ProjectView): string;
  heard(changed: (changes: Changes) => void): () => void;
}

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

  /** Begins to take in what a person types into a text for which the core keeps no drafts. */
  openWhole(whole: Whole, on: SaidIn, show: (said: Said) => void): PlanTyping {
    const { isShared, edit, read, heard } = whole;
    const written = {
      isShared,
      write: (base: Version, text: string) =>
        this.#core.editProject(this.#document, base, [edit(text)]),
      read: async () => {
        const view = await this.#core.project(this.#document);
        return { text: read(view), version: view.version };
      },
      observe: (changed: () => void) =>
        heard(({ topics }) => {
          if (topics.some((one) => one.topic === "documents")) changed();
        }),
    };
    return new WholeTyping(written, on, show);
  }

  /** Makes all that was typed by now part of the document, before something is made of it. */
  async settle(): Promise<void> {
    await settleWhole();
    await settleFields(this.#core, this.#document);
  }
}
