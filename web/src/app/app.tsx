import { useCallback, useEffect, useState } from "preact/hooks";
import type { Account } from "../core/api";
import { type Desk, DeskContext, type Keeping } from "../core/desk";
import { type Fault, faultOf } from "../core/fault";
import { keepingHere, remember } from "../core/kept";
import { settleAll } from "../core/leaving";
import { keepPage } from "../core/service";
import { open } from "../core/start";
import { askForLock } from "../core/tabs";
import { FaultNotice } from "../parts/notice";
import { Boundary } from "./boundary";
import { Elsewhere } from "./elsewhere";
import { Ended } from "./ended";
import type { Brought } from "./fragment";
import { Frame } from "./frame";
import { Join } from "./join";
import { Shell } from "./shell";
import { Ticket } from "./ticket";

type Standing =
  | { at: "starting" }
  | { at: "choosing"; fault?: Fault }
  | { at: "elsewhere" }
  | { at: "open"; desk: Desk; account: Account | null }
  | { at: "ended"; words: string };

const lost =
  "The program that held your work in this window stopped. What was not sent is lost; what was sent is on the server.";

/**
 * The desk from its start to its end: nobody's, somebody's, or in another tab. While it is nobody's
 * a ticket is shown in its place.
 */
export function App({ invitation, ticket }: Brought) {
  const [standing, setStanding] = useState<Standing>({ at: "starting" });

  const show = useCallback(async (desk: Desk) => {
    setStanding({ at: "open", desk, account: await desk.core.account() });
  }, []);

  const begin = useCallback(
    async (keeping: Keeping) => {
      setStanding({ at: "starting" });
      try {
        await show(await open(keeping));
      } catch (error) {
        const fault = faultOf(error);
        setStanding(fault.code === "in_use" ? { at: "elsewhere" } : { at: "choosing", fault });
      }
    },
    [show],
  );

  useEffect(() => {
    if (keepingHere() === "thisDevice") {
      void begin("thisDevice");
    } else {
      setStanding({ at: "choosing" });
    }
  }, [begin]);

  const desk = standing.at === "open" ? standing.desk : undefined;
  useEffect(() => {
    desk?.onAsked(() => void handOver(desk).then(() => setStanding({ at: "elsewhere" })));
    // What a device keeps is opened again; what was in memory is gone with the worker.
    return desk?.onDeath(() => {
      void desk.close().then(() => {
        if (desk.keeping === "thisDevice") {
          void begin("thisDevice");
        } else {
          setStanding({ at: "ended", words: lost });
        }
      });
    });
  }, [desk, begin]);

  const joined = async (desk: Desk) => {
    remember(desk.keeping);
    if (desk.keeping === "thisDevice") {
      // A browser that keeps no pages, or says no, still has the work itself.
      void keepPage().catch(() => {});
      void navigator.storage.persist().catch(() => {});
    }
    await show(desk);
  };

  const takeOver = () => {
    askForLock();
    void begin("thisDevice");
  };

  switch (standing.at) {
    case "starting":
      return (
        <Frame>
          <p role="status">Opening…</p>
        </Frame>
      );
    case "choosing":
      return ticket ? (
        <Ticket key={ticket} secret={ticket} />
      ) : (
        <Frame>
          <FaultNotice fault={standing.fault} />
          <Join key={invitation} invitation={invitation} onJoined={joined} />
        </Frame>
      );
    case "elsewhere":
      return <Elsewhere onAgain={takeOver} />;
    case "ended":
      return <Ended words={standing.words} />;
    case "open": {
      const { desk, account } = standing;
      const end = (words: string) => setStanding({ at: "ended", words });
      return (
        <DeskContext.Provider value={desk}>
          <Boundary onAgain={() => void show(desk).catch(() => begin(desk.keeping))}>
            {account ? (
              <Shell account={account} onEnd={end} />
            ) : (
              <Frame>
                <Join key={invitation} invitation={invitation} desk={desk} onJoined={joined} />
              </Frame>
            )}
          </Boundary>
        </DeskContext.Provider>
      );
    }
  }
}

/** Lets another tab go on: what was being typed is in its document by then. */
async function handOver(desk: Desk): Promise<void> {
  await settleAll(desk.core).catch(() => {});
  await desk.close();
}
