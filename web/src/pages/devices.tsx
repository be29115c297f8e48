import { useState } from "preact/hooks";
import { link } from "../app/routes";
import { useAccount } from "../app/who";
import type { OwnDevice } from "../core/api";
import { useAction } from "../core/use_action";
import { useCore } from "../core/use_core";
import { Answer } from "../parts/answer";
import { Button } from "../parts/button";
import { Dialog } from "../parts/dialog";
import { HandedLink } from "../parts/handed_link";
import { FaultNotice } from "../parts/notice";
import { Table } from "../parts/table";
import { Tag } from "../parts/tag";
import { Moment } from "../parts/time";
import { Title } from "../parts/title";

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

function Devices({ list, onChange }: { list: readonly OwnDevice[]; onChange(): void }) {
  const [asked, setAsked] = useState<OwnDevice>();
  const [everywhere, setEverywhere] = useState(false);
  const end = useAction((core, device: OwnDevice) => core.signOutDevice(device.id));
  const endOthers = useAction(async (core) => {
    for (const device of list.filter(({ isThis }) => !isThis)) {
      await core.signOutDevice(device.id);
    }
  });
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
            label={`Sign out ${device.name}`}
            onClick={() => setAsked(device)}
          >
            Sign out
          </Button>
        ),
    },
  ];
  return (
    <>
      <Table caption="Devices" columns={columns} rows={list} rowKey={({ id }) => id} />
      <FaultNotice fault={end.fault ?? endOthers.fault} />
      {list.length > 1 && (
        <Button kind="warning" busy={endOthers.busy} onClick={() => setEverywhere(true)}>
          Sign out everywhere else
        </Button>
      )}
      {asked && (
        <SignOutDialog
          whom={asked.name}
          onClose={() => setAsked(undefined)}
          onConfirm={() => {
            setAsked(undefined);
            void end.run(asked).then(onChange);
          }}
        />
      )}
      {everywhere && (
        <SignOutDialog
          whom="all your other devices"
          onClose={() => setEverywhere(false)}
          onConfirm={() => {
            setEverywhere(false);
            void endOthers.run().then(onChange);
          }}
        />
      )}
    </>
  );
}

interface SignOutDialogProps {
  whom: string;
  onClose(): void;
  onConfirm(): void;
}

function SignOutDialog({ whom, onClose, onConfirm }: SignOutDialogProps) {
  return (
    <Dialog title={`Sign out ${whom}?`} onClose={onClose}>
      <p>It gets nothing more and can send nothing more. What it has not sent yet stays on it.</p>
      <div class="desk-row">
        <Button kind="warning" onClick={onConfirm}>
          Sign it out
        </Button>
        <Button kind="secondary" onClick={onClose}>
          Keep it
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
