import { useState } from "preact/hooks";
import type { ChangeProject, DriverItem, ItemId } from "../../core/api";
import type { Fault } from "../../core/fault";
import { FaultNotice } from "../../parts/notice";
import { OfContext, unlike } from "../../parts/of";
import { useDeeds } from "./aloud";
import { focusOn, onceSo, thing } from "./focus";
import { memo } from "./memo";
import { idAt, Part } from "./part";
import { usePlan } from "./plan";
import { Small } from "./remark";
import { TakeBack, Undo } from "./take_back";
import { PlanText } from "./text";
import { Add, ThingList } from "./thing_form";
import { edit, placeOf, recordsOf, textOf, upperFirst } from "./things";
import { type Branch, everyDriver, moving, spotOf, treeOf } from "./tree";

interface DriversProps {
  drivers: ChangeProject["drivers"];
  ideas: ChangeProject["ideas"];
}

/** The driver diagram as lists, and the change ideas. */
export const Drivers = memo(function Drivers({ drivers, ideas }: DriversProps) {
  const branches = treeOf(drivers);
  const { may } = usePlan();
  const moves = useMoves(branches);
  return (
    <Part name="drivers">
      <p class="plan-quiet">
        Primary drivers move the aim; secondary drivers move the primary one they stand under.
        {may.edit && " Drag a driver by its handle, or move it with the buttons."}
      </p>
      <FaultNotice fault={moves.fault} />
      <ol class="plan-tree">
        {branches.map((branch, at) => (
          <Primary key={branch.driver.id} {...{ branch, branches, at, moves }} />
        ))}
      </ol>
      <Add noun="driver" words="Add a primary driver" />
      <ThingList
        noun="changeIdea"
        heading="Change ideas"
        things={recordsOf("changeIdea", ideas)}
        only={["text", "drivers", "state"]}
        further={["rationale", "pick"]}
      />
    </Part>
  );
});

interface Moves {
  /** What a driver is called, as no other one is. */
  name(item: DriverItem): string;
  readonly fault: Fault | undefined;
  /** The driver that is being dragged. */
  readonly dragged: ItemId | undefined;
  drag(id: ItemId | undefined): void;
  /** Brings a driver under another one, or to the top, before the one at a place. */
  to(id: ItemId, parent: ItemId | null, at: number, by?: MoveButton): void;
}

/** What moves a driver beside dragging it: the focus stays with it, or with the nearest like it. */
type MoveButton = "up" | "down" | "under" | "primary";

const alike: Readonly<Record<MoveButton, readonly MoveButton[]>> = {
  up: ["up", "down"],
  down: ["down", "up"],
  under: ["under", "up"],
  primary: ["up", "down", "under"],
};

function useMoves(branches: readonly Branch[]): Moves {
  const plan = usePlan();
  const [fault, setFault] = useState<Fault>();
  const [dragged, drag] = useState<ItemId>();
  const { say } = useDeeds();
  const to: Moves["to"] = async (id, parent, at, by) => {
    const before = branches.flatMap(everyDriver).find((item) => item.id === id)?.driver.parent;
    const edits = moving(branches, id, parent, at).map((move) =>
      edit("driver", move.id, "place", move.place),
    );
    if (before !== parent) edits.unshift(edit("driver", id, "parent", parent));
    if (edits.length === 0) return;
    const { drivers } = plan.view().project;
    const refused = await plan.edit(edits);
    setFault(refused);
    if (refused) return;
    onceSo(
      () => plan.view().project.drivers !== drivers,
      () => {
        if (by) focusOnMoved(id, by);
        say(whereNow(treeOf(plan.view().project.drivers), id, by));
      },
    );
  };
  const all = branches.flatMap(everyDriver);
  const names = unlike(all.map(nameOf));
  const called = new Map(all.map(({ id }, index) => [id, names[index] ?? ""]));
  const name = (item: DriverItem) => called.get(item.id) ?? nameOf(item);
  return { fault, dragged, drag, to, name };
}

function focusOnMoved(id: ItemId, by: MoveButton): void {
  const card = document.getElementById(idAt(placeOf("driver", id)));
  const found = alike[by].map((name) => card?.querySelector(`[name="${name}"]`)).find(Boolean);
  focusOn(found ?? card);
}

/** Where a driver is that was moved, for who does not see it. */
function whereNow(branches: readonly Branch[], id: ItemId, by: MoveButton | undefined): string {
  const spot = spotOf(branches, id);
  if (!spot) return "";
  const { item, parent, at, of } = spot;
  const way = by === "up" || by === "down" ? ` ${by}` : "";
  const level = parent ? `under ${nameOf(parent)}` : "of the primary drivers";
  return `${upperFirst(nameOf(item))} moved${way}, ${at + 1} of ${of} ${level}.`;
}

interface PrimaryProps {
  branch: Branch;
  branches: readonly Branch[];
  at: number;
  moves: Moves;
}

function Primary({ branch, branches, at, moves }: PrimaryProps) {
  const { driver, secondary } = branch;
  const others = branches.filter((one) => one !== branch);
  return (
    <li class="plan-driver">
      <Gap moves={moves} parent={null} at={at} />
      <Driver item={driver} moves={moves}>
        <MoveButtons item={driver} parent={null} at={at} last={branches.length - 1} moves={moves} />
        {secondary.length === 0 && <Under item={driver} others={others} moves={moves} />}
      </Driver>
      <ol class="plan-tree">
        {secondary.map((item, place) => (
          <li key={item.id} class="plan-driver">
            <Gap moves={moves} parent={driver.id} at={place} />
            <Driver item={item} moves={moves}>
              <MoveButtons
                item={item}
                parent={driver.id}
                at={place}
                last={secondary.length - 1}
                moves={moves}
              />
              <Under item={item} others={others} moves={moves} />
              <Small
                name="primary"
                label={`Make ${moves.name(item)} a primary driver`}
                onClick={() => moves.to(item.id, null, branches.length, "primary")}
              >
                Make it primary
              </Small>
            </Driver>
          </li>
        ))}
      </ol>
      <Gap moves={moves} parent={driver.id} at={secondary.length} />
      <OfContext.Provider value={moves.name(driver)}>
        <Add noun="driver" words="Add a driver under it" said={{ parent: driver.id }} />
      </OfContext.Provider>
    </li>
  );
}

interface DriverProps {
  item: DriverItem;
  moves: Moves;
  children: preact.ComponentChildren;
}

function Driver({ item, moves, children }: DriverProps) {
  const { may } = usePlan();
  const own = idAt(placeOf("driver", item.id));
  return (
    <OfContext.Provider value={moves.name(item)}>
      <Undo beside={own} />
      <div class="plan-card" id={own} {...thing("driver")}>
        <PlanText
          label="What has to change"
          place={placeOf("driver", item.id, "name")}
          field={textOf("driver", item.id, "name")}
          text={item.driver.name}
          rows={1}
        />
        {may.edit && (
          <div class="plan-row">
            <span
              class="plan-handle"
              draggable
              title="Drag this driver"
              aria-hidden="true"
              onDragStart={(event) => {
                event.dataTransfer?.setData("text/plain", item.driver.name);
                moves.drag(item.id);
              }}
              onDragEnd={() => moves.drag(undefined)}
            >
              ⠿
            </span>
            {children}
            <TakeBack noun="driver" id={item.id} title={moves.name(item)} />
          </div>
        )}
      </div>
    </OfContext.Provider>
  );
}

interface PlacedProps {
  moves: Moves;
  parent: ItemId | null;
  at: number;
}

/** A place between drivers on which one can be dropped, while one is dragged. */
function Gap({ moves, parent, at }: PlacedProps) {
  const [isOver, setIsOver] = useState(false);
  const { dragged } = moves;
  if (dragged === undefined || dragged === parent) return null;
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    moves.to(dragged, parent, at);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the buttons of a driver do the same
    <div
      class={`plan-gap${isOver ? " plan-gap--over" : ""}`}
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={drop}
    />
  );
}

function MoveButtons({ item, parent, at, last, moves }: PlacedProps & MoveProps) {
  const name = moves.name(item);
  return (
    <>
      {at > 0 && (
        <Small
          name="up"
          label={`Move ${name} up`}
          onClick={() => moves.to(item.id, parent, at - 1, "up")}
        >
          Up
        </Small>
      )}
      {at < last && (
        <Small
          name="down"
          label={`Move ${name} down`}
          onClick={() => moves.to(item.id, parent, at + 1, "down")}
        >
          Down
        </Small>
      )}
    </>
  );
}

interface MoveProps {
  item: DriverItem;
  last: number;
}

interface UnderProps {
  item: DriverItem;
  others: readonly Branch[];
  moves: Moves;
}

/** Moves a driver under another primary one. */
function Under({ item, others, moves }: UnderProps) {
  if (others.length === 0) return null;
  const move = (parent: string) => {
    const branch = others.find(({ driver }) => driver.id === parent);
    if (branch) moves.to(item.id, branch.driver.id, everyDriver(branch).length - 1, "under");
  };
  return (
    <select
      class="plan-small"
      name="under"
      aria-label={`Move ${moves.name(item)} under another driver`}
      value=""
      onChange={(event) => move(event.currentTarget.value)}
    >
      <option value="">Move under…</option>
      {others.map(({ driver }) => (
        <option key={driver.id} value={driver.id}>
          {moves.name(driver)}
        </option>
      ))}
    </select>
  );
}

function nameOf({ driver }: DriverItem): string {
  return driver.name.trim() || "a driver without a name";
}
