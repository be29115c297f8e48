// One text field over one text of a document: keeps what is typed into it, and shows what others
// write in it with the caret where it was. It knows no page: `web/` binds it to a `<textarea>`.
import type {
  ChangeSubscription,
  DocumentId,
  DraftField,
  LearningCore,
  ProjectView,
  ReflectionView,
  TypingEvent,
  TypingHandle,
  Version,
} from "../api.js";
import { changedAs, moved, nearest } from "./caret.js";
import { CoreError, unexpected, WorkerEnded } from "./error.js";

/** What a text field shows. Places in it are counted as the page counts characters. */
export interface Shown {
  readonly text: string;
  readonly selectionStart: number;
  readonly selectionEnd: number;
  /** Why the newest text is not durable or not settled; none if it is, or will be in a moment. */
  readonly failure: CoreError | null;
}

/** A text, and the version of its document on which it is typed. */
export interface TypedOn {
  readonly text: string;
  readonly base: Version;
}

/** What a field of this document shows: what it says, with what was typed and is not settled. */
export function textOf(view: ProjectView | ReflectionView, field: DraftField): TypedOn {
  const draft = view.drafts.find((draft) => isSame(draft.field, field));
  return { text: said(view, field), base: draft?.base ?? view.version };
}

/** Milliseconds until a newer text is asked for again. */
const SHORTLY = 50;

/** The fields that are typed into. */
const open = new WeakMap<LearningCore, Set<TextBinding>>();

/**
 * Settles what is being typed into the fields of a document. To be waited for before the document
 * is shared, signed or settled: what is typed into a field after that would be merged in twice.
 */
export async function settleFields(core: LearningCore, id: DocumentId): Promise<void> {
  for (const field of open.get(core) ?? []) if (field.id === id) await field.settle();
}

/**
 * What a person types into one text field, from the first key to the last.
 *
 * Hand each text of the field to `typed`, and put what `show` is called with into it: within one
 * task, so that no key comes between. What others write waits while a word is composed.
 */
export class TextBinding {
  private shown: Shown;
  private readonly began = performance.now();
  private handle: TypingHandle | null = null;
  private hearing: ChangeSubscription | null = null;
  private pending: string | null = null;
  /** The text that the core has, and the one that it was handed and may have. */
  private known: readonly [kept: string, handed: string];
  private composing = false;
  private composed = (): void => {};
  private closed = false;
  private isOver = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private steps: Promise<unknown>;

  constructor(
    private readonly core: LearningCore,
    readonly id: DocumentId,
    readonly field: DraftField,
    on: TypedOn,
    private readonly show: (shown: Shown) => void,
    /** Milliseconds after which what is typed alone settles, if not the usual ones. */
    private readonly pause?: number,
  ) {
    const at = on.text.length;
    this.shown = { text: on.text, selectionStart: at, selectionEnd: at, failure: null };
    this.known = [on.text, on.text];
    open.set(core, (open.get(core) ?? new Set()).add(this));
    this.steps = this.begin(on.base).catch((error: unknown) => this.failed(error));
    this.soon();
  }

  /** The person changed the text, or moved the caret. */
  typed(text: string, selectionStart = text.length, selectionEnd = selectionStart): void {
    const isOld = text === this.shown.text;
    this.shown = { ...this.shown, text, selectionStart, selectionEnd };
    if (isOld || this.closed) return;
    const waits = this.pending !== null;
    this.pending = text;
    if (!waits) this.soon();
  }

  /** A word is being composed, with a method of input that has several keys for it; or no more. */
  compose(is: boolean): void {
    this.composing = is;
    if (is) return;
    this.composed();
    this.soon();
  }

  /** Whether another person is in the same document: then what is typed settles sooner. */
  others(present: boolean): void {
    this.tell({ type: "others", present });
  }

  /** The person left the field: what was typed becomes part of the document soon. */
  leave(): void {
    this.tell({ type: "leave" });
  }

  /** Makes the newest text durable at once, as when the page is hidden. */
  flush(): void {
    this.tell({ type: "flush" });
  }

  /** Makes the newest text part of the document: the version that the field shows with it. */
  settle(): Promise<Version> {
    return this.step((handle) => handle.settle(this.now()));
  }

  /** Ends the field. The newest text is settled soon; if that fails it is tried again as ever. */
  close(): void {
    this.tell({ type: "close" });
    this.closed = true;
    // Nobody composes in a field that is gone.
    this.compose(false);
  }

  private async begin(base: Version): Promise<void> {
    this.hearing = await this.core.observe(({ topics }) => {
      const isOurs = topics.some(
        ({ topic, documents }) =>
          topic === "documents" && (documents.length === 0 || documents.includes(this.id)),
      );
      if (isOurs) this.tell({ type: "changed" });
    });
    const handle = await this.opened(base);
    // What arrived between the reading of the text and the hearing was heard by nobody.
    await handle.on({ type: "changed" });
  }

  private async opened(base: Version): Promise<TypingHandle> {
    const usual = await this.core.usualPauses();
    const pauses = { ...usual, alone: this.pause ?? usual.alone };
    this.handle = await this.core.typing(this.id, this.field, base, pauses);
    return this.handle;
  }

  /** Goes on from what is stored, in another worker: what it does not have is typed again. */
  private async reopened(): Promise<TypingHandle> {
    const { id, core, field } = this;
    const view = field.type === "answer" ? await core.reflection(id) : await core.project(id);
    const stored = textOf(view, field);
    const handle = await this.opened(stored.base);
    if (view.drafts.some((draft) => isSame(draft.field, field))) {
      // Also one that it has already: it is not settled, and nobody else would do that.
      this.pending ??= this.shown.text;
    } else {
      await this.arrive(handle, nearest(stored.text, this.known), stored.text);
    }
    if (this.closed) await handle.on({ type: "close" });
    if (this.shown.failure !== null) this.put({ failure: null });
    return handle;
  }

  private tell(event: TypingEvent): void {
    this.step((handle) => handle.on(event)).catch(() => {});
  }

  private soon(): void {
    this.step(() => Promise.resolve()).catch(() => {});
  }

  /** One after the other: takes in what was typed, does something, and what is due after it. */
  private step<Result>(act: (handle: TypingHandle) => Promise<Result>): Promise<Result> {
    const step = this.steps.then(async () => {
      if (this.isOver) throw this.shown.failure ?? unexpected("typing into a field that is gone");
      const handle = this.handle ?? (await this.reopened());
      try {
        await this.take(handle);
        return await act(handle);
      } finally {
        await handle.work(this.now());
        await this.publish(handle);
      }
    });
    this.steps = step.catch((error: unknown) => this.failed(error));
    return step;
  }

  private async take(handle: TypingHandle): Promise<void> {
    const text = this.pending;
    this.pending = null;
    if (text !== null) await this.handOver(handle, text);
  }

  private async handOver(handle: TypingHandle, text: string): Promise<void> {
    this.known = [this.known[0], text];
    await handle.typed(text, this.now());
  }

  /** Shows how it stands, and comes back when the next step is due. */
  private async publish(handle: TypingHandle): Promise<void> {
    const { failure, due, newer, closed } = await handle.state();
    if (failure === null) this.known = [this.known[1], this.known[1]];
    if (newer && !this.composing && this.pending === null) await this.refresh(handle);
    if (failure?.code !== this.shown.failure?.code) this.put({ failure });
    clearTimeout(this.timer);
    if (due !== null) {
      this.timer = setTimeout(() => this.soon(), Math.max(0, due - this.now()));
    }
    if (closed) await this.ended();
  }

  /** What others wrote is shown; what was typed while it was asked for is typed on it. */
  private async refresh(handle: TypingHandle): Promise<void> {
    const before = this.shown.text;
    const newer = await handle.refresh();
    if (newer === null) {
      // It has to wait for what is being typed here.
      setTimeout(() => this.soon(), SHORTLY);
      return;
    }
    await this.arrive(handle, before, newer);
  }

  /** Shows a newer text; what was typed since it said `before` is typed on it. */
  private async arrive(handle: TypingHandle, before: string, newer: string): Promise<void> {
    // A word that was begun meanwhile would be cut in half.
    if (this.composing) await new Promise<void>((composed) => (this.composed = composed));
    this.known = [newer, newer];
    const { text, selectionStart, selectionEnd } = this.shown;
    if (text === before) {
      const [start, end] = [selectionStart, selectionEnd].map((at) => moved(before, newer, at));
      this.put({ text: newer, selectionStart: start ?? 0, selectionEnd: end ?? 0 });
      return;
    }
    const [merged, at] = changedAs(newer, before, text);
    this.pending = null;
    this.put({ text: merged, selectionStart: at, selectionEnd: at });
    await this.handOver(handle, merged);
    this.soon();
  }

  private put(change: Partial<Shown>): void {
    this.shown = { ...this.shown, ...change };
    this.show(this.shown);
  }

  private failed(error: unknown): void {
    // What is told to a field that is gone changes nothing.
    if (this.closed && this.handle === null) return;
    if (error instanceof WorkerEnded && this.handle !== null) {
      this.handle = null;
      this.soon();
      return;
    }
    const failure =
      error instanceof CoreError ? error : unexpected("keeping what was typed", error);
    this.put({ failure });
  }

  private async ended(): Promise<void> {
    await this.hearing?.cancel();
    this.hearing = null;
    this.handle = null;
    this.isOver = true;
    open.get(this.core)?.delete(this);
  }

  /** Milliseconds since it began. */
  private now(): number {
    return Math.round(performance.now() - this.began);
  }
}

function isSame(one: DraftField, other: DraftField): boolean {
  if (one.type !== "item" || other.type !== "item") {
    return one.type === other.type && one.value === other.value;
  }
  return one.value.id === other.value.id && one.value.field === other.value.field;
}

function said(view: ProjectView | ReflectionView, field: DraftField): string {
  if ("reflection" in view) {
    return field.type === "answer" ? (view.reflection.answers.get(field.value) ?? "") : "";
  }
  if (field.type === "section") return view.project.sections.get(field.value) ?? "";
  if (field.type !== "item") return "";
  const { id, field: key } = field.value;
  const name = key.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
  // In each list of a plan stands a thing with its id, under a name that is the kind's own.
  const items = Object.values(view.project).filter(Array.isArray).flat() as { id?: unknown }[];
  const texts = items
    .filter((item) => item.id === id)
    .flatMap((item) => Object.values(item) as Record<string, unknown>[])
    .map((thing) => thing[name]);
  return texts.find((text) => typeof text === "string") ?? "";
}
