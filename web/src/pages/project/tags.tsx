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

/** A domain or a theme of the programme. */
interface Known {
  readonly type: "domain" | "theme";
  readonly key: string;
  readonly title: string;
}

/** The domain that a plan belongs to, and what in the programme it gives evidence for. */
export function Tags({ topic, tags }: TagsProps) {
  const { may, edit } = usePlan();
  const [fault, setFault] = useState<Fault>();
  const { value: programme } = useCore((core) => core.programme(), ["packs"]);
  const change = (changed: ProjectEdit) => void edit([changed]).then(setFault);
  const known: readonly Known[] = [
    ...(programme?.domains ?? []).map(({ key, title }) => ({
      type: "domain" as const,
      key,
      title,
    })),
    ...(programme?.themes ?? []).map(({ key, title }) => ({ type: "theme" as const, key, title })),
  ];
  const domains = known.filter(({ type }) => type === "domain");
  const titleOf = ({ type, value }: ProgrammeTag) =>
    known.find((one) => one.type === type && one.key === value)?.title ?? value;
  return (
    <>
      {may.edit && domains.length > 0 && (
        <OneOf
          label="Domain"
          of={domains}
          none="None yet"
          now={domains.findIndex(({ key }) => key === topic)}
          onChoose={(domain) => change({ type: "topic", topic: domain?.key ?? "" })}
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
              onClick={() => change({ type: "removeTag", tag })}
            >
              Remove
            </Small>
          )}
        </p>
      ))}
      {may.edit && <AddTag known={known} tags={tags} onAdd={change} />}
      <FaultNotice fault={fault} />
    </>
  );
}

interface AddTagProps {
  known: readonly Known[];
  tags: readonly ProgrammeTag[];
  onAdd(edit: ProjectEdit): void;
}

function AddTag({ known, tags, onAdd }: AddTagProps) {
  const isFree = ({ type, key }: Known) =>
    !tags.some((tag) => tag.type === type && tag.value === key);
  const free = known.filter(isFree);
  if (free.length === 0) return null;
  const add = (chosen: Known | undefined) => {
    if (chosen) onAdd({ type: "addTag", tag: { type: chosen.type, value: chosen.key } });
  };
  return (
    <OneOf label="Add a domain or theme" of={free} none="Choose one" now={-1} onChoose={add} />
  );
}

interface OneOfProps {
  label: string;
  of: readonly Known[];
  none: string;
  now: number;
  onChoose(chosen: Known | undefined): void;
}

function OneOf({ label, of, none, now, onChoose }: OneOfProps) {
  const choices = [
    { value: "", text: none },
    ...of.map(({ title }, index) => ({ value: String(index), text: title })),
  ];
  const choose = (at: string) => onChoose(at === "" ? undefined : of[Number(at)]);
  return (
    <Select label={label} value={now < 0 ? "" : String(now)} choices={choices} onChange={choose} />
  );
}
