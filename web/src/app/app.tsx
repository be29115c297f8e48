import { useCallback, useEffect, useState } from "preact/hooks";
import type { Account } from "../core/api";
import { type Desk, DeskContext, type Keeping } from "../core/desk";
import { type Fault, faultOf } from "../core/fault";
import { keepingHere, remember } from "../core/kept";
import { open } from "../core/start";
import { FaultNotice } from "../parts/notice";
import { Boundary } from "./boundary";
import { Elsewhere } from "./elsewhere";
import { Ended } from "./ended";
import { Frame } from "./frame";
import { Join } from "./join";
import { Shell } from "./shell";

type Standing =
  | { at: "starting" }
  | { at: "choosing"; fault?: Fault }
  | { at: "elsewhere" }
  | { at: "open"; desk: Desk; account: Account | null }
  | { at: "ended"; words: string };

/** The desk from its start to its end: nobody's, somebody's, or in another tab. */
export function App({ invitation }: { invitation: string }) {
  const [standing, setStanding] = useState<Standing>({ at: "starting" });

  const begin = useCallback(async (keeping: Keeping) => {
    setStanding({ at: "starting" });
    try {
      const desk = await open(keeping);
      setStanding({ at: "open", desk, account: await desk.core.account() });
    } catch (error) {
      const fault = faultOf(error);
      const inUse = fault.code === "in_use";
      setStanding(inUse ? { at: "elsewhere" } : { at: "choosing", fault });
    }
  }, []);

  useEffect(() => {
    if (keepingHere() === "thisDevice") {
      void begin("thisDevice");
    } else {
      setStanding({ at: "choosing" });
    }
  }, [begin]);

  const joined = async (desk: Desk) => {
    remember(desk.keeping);
    setStanding({ at: "open", desk, account: await desk.core.account() });
  };

  switch (standing.at) {
    case "starting":
      return <Frame>Opening…</Frame>;
    case "choosing":
      return (
        <Frame>
          <FaultNotice fault={standing.fault} />
          <Join invitation={invitation} onJoined={joined} />
        </Frame>
      );
    case "elsewhere":
      return <Elsewhere onAgain={() => void begin("thisDevice")} />;
    case "ended":
      return <Ended words={standing.words} />;
    case "open": {
      const { desk, account } = standing;
      const end = (words: string) => setStanding({ at: "ended", words });
      return (
        <DeskContext.Provider value={desk}>
          <Boundary onAgain={() => void desk.close().then(() => begin(desk.keeping))}>
            {account ? (
              <Shell account={account} onEnd={end} />
            ) : (
              <Frame>
                <Join invitation={invitation} desk={desk} onJoined={joined} />
              </Frame>
            )}
          </Boundary>
        </DeskContext.Provider>
      );
    }
  }
}
