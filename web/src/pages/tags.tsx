import type { ProgrammeTag } from "../core/api";
import { useCore } from "../core/use_core";
import { Tag } from "../parts/tag";

/** What something is about, by the names that the programme gives it. */
export function Tags({ tags }: { tags: readonly ProgrammeTag[] }) {
  const { value: programme } = useCore((core) => core.programme(), ["packs"]);
  if (tags.length === 0) return null;
  const named = [...(programme?.domains ?? []), ...(programme?.themes ?? [])];
  const title = (key: string) => named.find((one) => one.key === key)?.title ?? key;
  return (
    <ul class="desk-tags" aria-label="About">
      {tags.map(({ type, value }) => (
        <li key={`${type} ${value}`}>
          <Tag colour="grey">{title(value)}</Tag>
        </li>
      ))}
    </ul>
  );
}
