import { textOf } from "../../../../bindings/wasm/js/typing";
import type { DraftField, ReflectionView } from "../../core/api";
import { TypedText } from "../../typing/typed_text";
import type { Typings } from "../project/typings";

interface WrittenProps {
  view: ReflectionView;
  typings: Typings;
  prompt: string;
  label: string;
  help: string;
}

/** The answer to a prompt while it is written: kept with each key, settled when it is left. */
export function Written({ view, typings, prompt, label, help }: WrittenProps) {
  const field: DraftField = { type: "answer", value: prompt };
  const { text, base } = textOf(view, field);
  return (
    <TypedText
      label={label}
      hint={help || undefined}
      rows={5}
      where={`${view.id} answer ${prompt}`}
      called={() => `${label}, in the reflection “${view.reflection.title || "Untitled"}”`}
      text={text}
      open={(on, show) => typings.open(field, base, on, show)}
    />
  );
}
