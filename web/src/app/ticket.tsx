import { useEffect, useRef, useState } from "preact/hooks";
import type { ItemId, OpenedTicket, TicketHandle } from "../core/api";
import { type Desk, DeskContext } from "../core/desk";
import { open } from "../core/start";
import { Button } from "../parts/button";
import { TextField } from "../parts/field";
import { Form, lackingIf, useFilling } from "../parts/form";
import { Title } from "../parts/title";
import { useAskBeforeLeaving } from "../parts/unfinished";
import { Frame } from "./frame";
import { TicketShown } from "./ticket_shown";
import { notOpen } from "./ticket_words";

/** What a holder has of a ticket while this page shows it. */
interface Held {
  desk: Desk;
  handle: TicketHandle;
  opened: OpenedTicket;
}

/**
 * A ticket, for somebody without an account: who they are, what it shows, and what they say to it.
 * It is in the memory of this page alone.
 */
export function Ticket({ secret }: { secret: string }) {
  const [held, setHeld] = useState<Held>();
  const [isClosed, setIsClosed] = useState(false);
  const engine = useEngine();
  useAskBeforeLeaving();
  const close = () => {
    engine.close();
    setHeld(undefined);
    setIsClosed(true);
  };
  if (isClosed) {
    return <Closed />;
  }
  return (
    <Frame>
      {held ? (
        <DeskContext.Provider value={held.desk}>
          <TicketShown handle={held.handle} opened={held.opened} onClose={close} />
        </DeskContext.Provider>
      ) : (
        <Opening secret={secret} engine={engine} onOpen={setHeld} />
      )}
    </Frame>
  );
}

function Closed() {
  return (
    <Frame>
      <Title text="The ticket is closed" />
      <p>
        This page kept nothing of it, and you can close the window. Browsers list the links that
        were followed: on a computer that others use, take this one out of its history.
      </p>
    </Frame>
  );
}

/** A core that is nobody's and in memory, for as long as the page shows a ticket. */
class Engine {
  private desk: Promise<Desk> | undefined;
  private visit: ItemId | undefined;

  /** Opens a ticket. Tried again after an answer that was lost, it is the same visit. */
  async open(secret: string, name: string): Promise<Held> {
    const desk = await this.started();
    const { core } = desk;
    this.visit ??= await core.newItemId();
    const link = `${location.origin}/#ticket=${secret}`;
    const handle = await core.openTicket(link, name, this.visit);
    // What is said goes by itself: there is no account with which to exchange anything.
    const lone = { ...desk, sync: () => Promise.resolve() };
    return { desk: lone, handle, opened: await handle.opened() };
  }

  close(): void {
    const { desk } = this;
    this.desk = undefined;
    desk?.then((one) => one.close()).catch(() => {});
  }

  private async started(): Promise<Desk> {
    this.desk ??= open("memory");
    try {
      return await this.desk;
    } catch (error) {
      // What did not start is started anew the next time.
      this.desk = undefined;
      throw error;
    }
  }
}

function useEngine(): Engine {
  const made = useRef<Engine | undefined>(undefined);
  made.current ??= new Engine();
  const engine = made.current;
  useEffect(() => () => engine.close(), [engine]);
  return engine;
}

interface OpeningProps {
  secret: string;
  engine: Engine;
  onOpen(held: Held): void;
}

function Opening({ secret, engine, onOpen }: OpeningProps) {
  const [name, setName] = useState("");
  const filling = useFilling();
  const reason = filling.fault && notOpen(filling.fault);
  const begin = () => {
    const lacking = lackingIf(!name.trim(), "holder", "Enter your name");
    void filling.take(lacking, async () => onOpen(await engine.open(secret, name.trim())));
  };
  if (reason) {
    return (
      <>
        <Title key={reason.title} text={reason.title} />
        <p>{reason.words}</p>
      </>
    );
  }
  return (
    <Form filling={filling} onSubmit={begin}>
      <Title text="Somebody asks for your view" />
      <p>
        You need no account. They see the name you give here, when you opened the ticket, and what
        you say to it. This page keeps nothing of it here.
      </p>
      <p>Each time it is opened counts: leave this window open until you have answered.</p>
      <TextField
        id="holder"
        label="Your name"
        hint="As they know you, such as “Sam Reed, Age UK”. Nobody checks it."
        value={name}
        onInput={setName}
        error={filling.error("holder")}
      />
      <Button submit busy={filling.busy}>
        {filling.busy ? "Opening…" : "Open the ticket"}
      </Button>
    </Form>
  );
}
