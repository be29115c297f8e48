import { link } from "../../app/routes";
import type { ModuleSummary } from "../../core/api";
import { useDesk } from "../../core/desk";
import { useAction } from "../../core/use_action";
import { useCore } from "../../core/use_core";
import { Answer } from "../../parts/answer";
import { Button } from "../../parts/button";
import { FaultNotice } from "../../parts/notice";
import { type Column, Table } from "../../parts/table";
import { Tag } from "../../parts/tag";
import { Title } from "../../parts/title";
import { time } from "./words";

/** The key under which a server publishes the programme. */
const PACK = "enhance";

/** The modules of the programme with this person's progress, and the handbook. */
export default function Modules() {
  const asked = useCore(
    async (core) => ({ programme: await core.programme(), modules: await core.modules() }),
    ["packs", "documents"],
  );
  return (
    <>
      <Title text="Modules" />
      <Answer asked={asked}>
        {({ programme, modules }) =>
          programme ? (
            <>
              <Table
                caption={programme.title}
                columns={columns}
                rows={modules}
                rowKey={({ key }) => key}
              />
              <h2>Handbook</h2>
              <ul>
                {programme.handbook.map(({ key, title }) => (
                  <li key={key}>
                    <a href={link("/pages/:key", { key })}>{title}</a>
                  </li>
                ))}
              </ul>
            </>
          ) : (
            <Fetch />
          )
        }
      </Answer>
    </>
  );
}

const columns: readonly Column<ModuleSummary>[] = [
  {
    head: "Module",
    cell: ({ key, title }) => <a href={link("/modules/:key", { key })}>{title}</a>,
  },
  { head: "Stage", cell: ({ suggestedStage }) => suggestedStage },
  {
    head: "Time",
    cell: ({ minutesDone, minMinutes }) => `${time(minutesDone)} of ${time(minMinutes)}`,
  },
  {
    head: "Activities",
    cell: ({ activitiesDone, activities }) => `${activitiesDone} of ${activities}`,
  },
  {
    head: "State",
    cell: ({ complete }) => complete && <Tag colour="green">Complete</Tag>,
  },
];

function Fetch() {
  const { sync } = useDesk();
  const fetch = useAction(async (core) => {
    await sync();
    await core.updatePack(PACK);
  });
  return (
    <>
      <p>The programme is not here yet.</p>
      <FaultNotice fault={fetch.fault} />
      <Button busy={fetch.busy} onClick={() => void fetch.run()}>
        Fetch it
      </Button>
    </>
  );
}
