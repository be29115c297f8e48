import { useState } from "preact/hooks";
import type { ProgrammeTag, ProjectEdit } from "../../core/api";
import type { Fault } from "../../core/fault";
import { useCore } from "../../core/use_core";
import { Select } from "../../parts/field";
import { FaultNotice } from "../../parts/notice";
import { Tag } from "../../parts/tag";
import { usePlan } from "./plan";
import { Small } from "./remark";

interface TagsProps {
  topic: string;
  tags: readonly ProgrammeTag[];
}

/** The domain that a plan belongs to, and what in the programme it gives evidence for. */
export function Tags({ topic, tags }: TagsProps) {
  const { may, edit } = usePlan();
  const [fault, setFault] = useState<Fault>();
  const { value: programme } = useCore((core) => core.programme(), ["packs"]);
  const change = async (changed: ProjectEdit) => setFault(await edit([changed]));
  const known = [
    ...(programme?.domains ?? []).map(({ key, title }) => ({
      type: "domain" as const,
      key,
      title,
    })),
    ...(programme?.themes ?? []).map(({ key, title }) => ({ type: "theme" as const, key, title })),
  ];
  const titleOf = ({ type, value }: ProgrammeTag) =>
    known.find((one) => one.type === type && one.key === value)?.title ?? value;
  const free = known.filter(
    ({ type, key }) => !tags.some((tag) => tag.type === type && tag.value === key),
  );
  const domains = known.filter(({ type }) => type === "domain");
  const add = (index: string) => {
    const found = free[Number(index)];
    if (index === "" || !found) return;
    void change({ type: "addTag", tag: { type: found.type, value: found.key } });
  };
  const choices = (items: typeof known, none: string) => [
    { value: "", text: none },
    ...items.map(({ title }, index) => ({ value: String(index), text: title })),
  ];
  const domain = domains.findIndex(({ key }) => key === topic);
  return (
    <>
      {(may.edit || topic !== "") && domains.length > 0 && (
        <Select
          label="Domain"
          value={domain < 0 ? "" : String(domain)}
          choices={choices(domains, "None yet")}
          onChange={(at) =>
            void change({ type: "topic", topic: (at && domains[Number(at)]?.key) || "" })
          }
        />
      )}
      {(tags.length > 0 || (may.edit && known.length > 0)) && (
        <p class="nhsuk-label nhsuk-u-margin-bottom-1">Gives evidence for</p>
      )}
      {tags.map((tag) => (
        <p key={`${tag.type} ${tag.value}`} class="nhsuk-u-margin-bottom-1">
          <Tag colour="grey">{titleOf(tag)}</Tag>{" "}
          {may.edit && (
            <Small
              label={`Remove ${titleOf(tag)}`}
              onClick={() => void change({ type: "removeTag", tag })}
            >
              Remove
            </Small>
          )}
        </p>
      ))}
      {may.edit && free.length > 0 && (
        <Select
          label="Add a domain or theme"
          value=""
          choices={choices(free, "Choose one")}
          onChange={add}
        />
      )}
      <FaultNotice fault={fault} />
    </>
  );
}
