import type { Finding, SharingCheck } from "../core/api";
import { Checkbox } from "../parts/field";
import { type Column, Table } from "../parts/table";
import { Tag } from "../parts/tag";
import { counted } from "../parts/time";
import { isAsked, kinds, placeInWords, severities } from "./findings_words";

interface FindingsProps {
  check: SharingCheck;
  labels: ReadonlyMap<string, string>;
  /** Whether the person says that they have seen what is probable. */
  seen: boolean;
  onSeen(seen: boolean): void;
}

/** What may tell who somebody is, before it leaves for another reader. */
export function Findings({ check, labels, seen, onSeen }: FindingsProps) {
  const { findings, more } = check;
  if (findings.length === 0) {
    return (
      <p>
        Nothing was found that is looked for. A reader may know who it was from what no check finds:
        read it with their eyes.
      </p>
    );
  }
  return (
    <>
      <Table
        caption="What may tell who somebody is"
        columns={columns(labels)}
        rows={findings}
        rowKey={(finding) => `${JSON.stringify(finding.place)} ${finding.start} ${finding.kind}`}
      />
      {more > 0 && <p>{counted(more, "finding")} more.</p>}
      {isAsked(check) && (
        <Checkbox
          label="I have looked at what was found, and it may be read as it is"
          checked={seen}
          onChange={onSeen}
        />
      )}
    </>
  );
}

function columns(labels: ReadonlyMap<string, string>): readonly Column<Finding>[] {
  return [
    { head: "What is written", cell: ({ text }) => text },
    {
      head: "What it may be",
      cell: ({ kind, severity }) => (
        <>
          {kinds[kind]}{" "}
          <Tag colour={severity === "probableIdentifier" ? "red" : "yellow"}>
            {severities[severity]}
          </Tag>
        </>
      ),
    },
    { head: "Where", cell: ({ place }) => placeInWords(place, labels) },
    { head: "Why", cell: ({ reason }) => reason },
    { head: "Instead", cell: ({ replacement }) => replacement ?? "" },
  ];
}
