import { useState } from "preact/hooks";
import { link } from "../app/routes";
import { useAccount, useEnd } from "../app/who";
import type { LearningCore, OwnDevice } from "../core/api";
import { useDesk } from "../core/desk";
import { settleAll, signOut } from "../core/leaving";
import { useAction } from "../core/use_action";
import { useCore } from "../core/use_core";
import { Answer } from "../parts/answer";
import { Button } from "../parts/button";
import { Dialog } from "../parts/dialog";
import { HandedLink } from "../parts/handed_link";
import { FaultNotice } from "../parts/notice";
import { unlike } from "../parts/of";
import { Table } from "../parts/table";
import { Tag } from "../parts/tag";
import { Moment } from "../parts/time";
import { Title } from "../parts/title";
import { unfinishedTexts } from "../parts/unfinished";

/** Where this person is signed in, with an end to each. */
export default function DevicesPage() {
  const { privateAccess } = useAccount();
  const devices = useCore((core) => core.devices(), ["account"]);
  return (
    <>
      <Title text="Your devices" />
      <p>Each of these can read and write in your name until you sign it out.</p>
      <Answer asked={devices}>{(list) => <Devices list={list} onChange={devices.again} />}</Answer>
      {privateAccess === "recoveryKeyNeeded" && (
        <p>
          Your private documents are closed on this device.{" "}
          <a href={link("/recovery-key")}>Open them with your recovery key</a>
        </p>
      )}
      <AddDevice />
    </>
  );
}

/** What somebody is asked before it is done: one device, all others, or all with this one. */
type Asked = { device: OwnDevice } | "others" | "all";

function Devices({ list, onChange }: { list: readonly OwnDevice[]; onChange(): void }) {
  const [asked, setAsked] = useState<Asked>();
  const end = useAction((core, device: OwnDevice) => core.signOutDevice(device.id));
  const endOthers = useAction((core) => signOutOthers(core, list));
  const endAll = useEndingAll(list);
  const sure = async (what: Asked) => {
    setAsked(undefined);
    if (what === "all") {
      // Who is signed out has no list any more.
      if (!(await endAll.run())) onChange();
      return;
    }
    await (what === "others" ? endOthers.run() : end.run(what.device));
    onChange();
  };
  return (
    <>
      <DeviceTable list={list} onEnd={(device) => setAsked({ device })} />
      <FaultNotice fault={end.fault ?? endOthers.fault ?? endAll.fault} />
      {list.length > 1 && (
        <div class="desk-row">
          <Button kind="secondary" busy={endOthers.busy} onClick={() => setAsked("others")}>
            Sign out everywhere else
          </Button>
          <Button kind="warning" busy={endAll.busy} onClick={() => setAsked("all")}>
            {endAll.busy ? "Signing out…" : "Sign out everywhere"}
          </Button>
        </div>
      )}
      {asked && (
        <SignOutDialog
          asked={asked}
          onClose={() => setAsked(undefined)}
          onConfirm={() => void sure(asked)}
        />
      )}
    </>
  );
}

interface DeviceTableProps {
  list: readonly OwnDevice[];
  onEnd(device: OwnDevice): void;
}

function DeviceTable({ list, onEnd }: DeviceTableProps) {
  const names = unlike(list.map(({ name }) => name));
  const called = new Map(list.map(({ id }, at) => [id, names[at]]));
  const columns = [
    {
      head: "Device",
      cell: (device: OwnDevice) => (
        <>
          {device.name} {device.isThis && <Tag colour="green">This one</Tag>}
        </>
      ),
    },
    { head: "Signed in", cell: (device: OwnDevice) => <Moment at={device.joinedAt} dayOnly /> },
    { head: "Last seen", cell: (device: OwnDevice) => <Moment at={device.lastSeen} /> },
    {
      head: "End",
      cell: (device: OwnDevice) =>
        device.isThis ? (
          <a href={link("/sign-out")}>Sign out here</a>
        ) : (
          <Button
            kind="secondary"
            label={`Sign out ${called.get(device.id)}`}
            onClick={() => onEnd(device)}
          >
            Sign out
          </Button>
        ),
    },
  ];
  return <Table caption="Devices" columns={columns} rows={list} rowKey={({ id }) => id} />;
}

async function signOutOthers(core: LearningCore, list: readonly OwnDevice[]): Promise<void> {
  for (const device of list.filter(({ isThis }) => !isThis)) {
    await core.signOutDevice(device.id);
  }
}

/** Ends all devices, this one last. Where something would be lost here, that is shown first. */
function useEndingAll(list: readonly OwnDevice[]) {
  const desk = useDesk();
  const end = useEnd();
  return useAction(async (core) => {
    await signOutOthers(core, list);
    await settleAll(core);
    // What could not be sent is told of by what is not sent.
    await desk.sync().catch(() => {});
    const { confirmation } = await core.unsent();
    if (confirmation !== null || unfinishedTexts() > 0) {
      location.hash = "/sign-out";
      return;
    }
    await signOut(desk);
    end("You are signed out on all your devices. Nothing of yours is left in this browser.");
  });
}

interface SignOutDialogProps {
  asked: Asked;
  onClose(): void;
  onConfirm(): void;
}

/** What is asked before devices are signed out: what becomes of them and of this one. */
function askedInWords(asked: Asked) {
  switch (asked) {
    case "others":
      return {
        title: "Sign out all your other devices?",
        words: ["They get nothing more and can send nothing more.", "You stay signed in here."],
        done: "Sign them out",
      };
    case "all":
      return {
        title: "Sign out everywhere, here as well?",
        words: [
          "Your other devices get nothing more and can send nothing more.",
          "Then what you wrote here is sent, and everything here is wiped.",
          "If something cannot be sent, you stay signed in here and are shown it.",
        ],
        done: "Sign out everywhere",
      };
    default:
      return {
        title: `Sign out ${asked.device.name}?`,
        words: ["It gets nothing more and can send nothing more."],
        done: "Sign it out",
      };
  }
}

function SignOutDialog({ asked, onClose, onConfirm }: SignOutDialogProps) {
  const { title, words, done } = askedInWords(asked);
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{words.join(" ")} What a device has not sent yet stays on it.</p>
      <div class="desk-row">
        <Button kind="warning" onClick={onConfirm}>
          {done}
        </Button>
        <Button kind="secondary" onClick={onClose}>
          Cancel
        </Button>
      </div>
    </Dialog>
  );
}

/** The code with which another device joins: for a phone, or for another browser. */
function AddDevice() {
  const [code, setCode] = useState("");
  const make = useAction(async (core) => setCode(await core.inviteDevice()));
  return (
    <>
      <h2>Add a device</h2>
      <p>The code signs in one more device in your name. Show it to nobody else.</p>
      <FaultNotice fault={make.fault} />
      {code ? (
        <>
          <p class="nhsuk-inset-text" role="status">
            <strong>{code}</strong>
          </p>
          <HandedLink
            link={`${location.origin}/#join=${encodeURIComponent(code)}`}
            hint="In another browser it leads to this desk with the code filled in."
          />
        </>
      ) : (
        <Button kind="secondary" busy={make.busy} onClick={() => void make.run()}>
          Make a code
        </Button>
      )}
    </>
  );
}
