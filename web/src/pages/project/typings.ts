/** The texts of a plan that are being typed on this page. */

import { TextBinding } from "../../../../bindings/wasm/js/core";
import type { DocumentId, DraftField, LearningCore, Version } from "../../core/api";
import type { Said } from "../../typing/use_field";
import type { PlanTyping } from "./plan";

export class Typings {
  readonly #core: LearningCore;
  readonly #project: DocumentId;
  readonly #open = new Set<PlanTyping>();

  constructor(core: LearningCore, project: DocumentId) {
    this.#core = core;
    this.#project = project;
  }

  /** Begins to take in what a person types into a text, which says this in this version. */
  open(field: DraftField, base: Version, text: string, show: (said: Said) => void): PlanTyping {
    const binding = new TextBinding(this.#core, this.#project, field, { text, base }, show);
    const typing: PlanTyping = {
      typed: (now) => binding.typed(now),
      compose: (is) => binding.compose(is),
      leave: () => binding.leave(),
      settle: () => binding.settle(),
      close: () => {
        this.#open.delete(typing);
        binding.close();
      },
    };
    this.#open.add(typing);
    return typing;
  }

  /** Makes all that was typed by now part of the plan, before something is made of it. */
  async settle(): Promise<void> {
    await Promise.all([...this.#open].map((typing) => typing.settle()));
  }
}
