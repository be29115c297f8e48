/** The fields of one document that are being typed into. */

import type { Changes, DocumentId, DraftField, LearningCore, Version } from "../core/api";
import { DrivenTyping, type Listener } from "./driven";

export class Typings {
  readonly #core: LearningCore;
  readonly #document: DocumentId;
  readonly #open = new Set<DrivenTyping>();

  constructor(core: LearningCore, document: DocumentId) {
    this.#core = core;
    this.#document = document;
  }

  /** Begins to take in what a person types into a field that shows the text of this version. */
  open(field: DraftField, base: Version, listener: Listener): DrivenTyping {
    const begun = this.#core
      .usualPauses()
      .then((pauses) => this.#core.typing(this.#document, field, base, pauses));
    const typing: DrivenTyping = new DrivenTyping(begun, {
      stands: (state) => {
        if (state.closed) this.#open.delete(typing);
        listener.stands(state);
      },
      failed: (error) => listener.failed(error),
    });
    this.#open.add(typing);
    return typing;
  }

  /** Something changed on this device: fields of this document read again. */
  heard({ topics }: Changes): void {
    const isOurs = topics.some(
      ({ topic, documents }) => topic === "documents" && documents.includes(this.#document),
    );
    if (isOurs) for (const typing of this.#open) typing.on({ type: "changed" });
  }

  /** Makes all that was typed by now part of the document, before something is made of it. */
  async settle(): Promise<void> {
    await Promise.all([...this.#open].map((typing) => typing.settle()));
  }
}
