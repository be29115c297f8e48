import { useCallback, useEffect, useState } from "preact/hooks";
import type { Account } from "../core/api";
import { type Own, useTabsBeside } from "../core/beside";
import { type Desk, DeskContext } from "../core/desk";
import { type Fault, faultOf } from "../core/fault";
import { isKept, isPromised } from "../core/kept";
import { forgetUnused, settleAll } from "../core/leaving";
import { keepSealed, openSealed } from "../core/sealed";
import { keepPage } from "../core/service";
import { open, openKept } from "../core/start";
import { askForPlace, freed } from "../core/tabs";
import { Button } from "../parts/button";
import { FaultNotice } from "../parts/notice";
import { Title } from "../parts/title";
import { keepBegun, keepNow, leaveBegun, textsToLose, unfinishedTexts } from "../parts/unfinished";
import { holdAll } from "../typing/held";
import { OtherTabs } from "./beside";
import { Boundary } from "./boundary";
import { Elsewhere } from "./elsewhere";
import { Ended } from "./ended";
import { Followed } from "./followed";
import { type Brought, isOfTicket, linkOf, loadAnew, NOTHING, setPlaceOf } from "./fragment";
import { Frame } from "./frame";
import { Join } from "./join";
import { Lost } from "./lost";
import { Shell } from "./shell";
import { TicketLink } from "./ticket_link";
import { Told } from "./told";
import { useFollowed } from "./use_followed";

type Standing =
  | { at: "starting" }
  | { at: "choosing"; fault?: Fault }
  | { at: "elsewhere" }
  | { at: "shut"; fault: Fault }
  | { at: "open"; desk: Desk; account: Account | null }
  | { at: "lost" }
  | { at: "ended"; words: string; link?: Brought };

const restarted =
  "The program that holds your work stopped, and was started again. What you wrote is stored; what was not is still in its field.";

const wanted =
  "Another tab asked for this desk. It stays here, since something you wrote is in this window alone: send or copy it first.";

const unpromised =
  "Your work is kept here, encrypted, but the browser does not promise for how long: it may clear it when the device is short of room, and a private window keeps nothing once it is closed. What was sent is on the server.";

const onDevice = () => open("thisDevice");

/**
 * The desk from its start to its end: nobody's, somebody's, or in another tab. Who comes with the
 * link of a ticket needs no account: while the desk is nobody's it is shown in its place.
 */
export function App({ first }: { first: Brought }) {
  const [standing, setStanding] = useState<Standing>({
    at: isOfTicket(first) ? "choosing" : "starting",
  });
  const [told, setTold] = useState("");
  /** The link with which somebody came here. */
  const [taken, setTaken] = useState(first);
  /** One that was followed later, where it would have taken away what somebody has open here. */
  const [waiting, setWaiting] = useState(NOTHING);

  const show = useCallback(async (desk: Desk) => {
    const [account] = await Promise.all([desk.core.account(), bringBegun(desk)]);
    setStanding({ at: "open", desk, account });
  }, []);

  const begin = useCallback(
    async (opening: () => Promise<Desk | undefined>) => {
      setStanding({ at: "starting" });
      try {
        const desk = await opening();
        if (desk) {
          await show(desk);
        } else {
          setStanding({ at: "choosing" });
        }
      } catch (error) {
        const fault = faultOf(error);
        if (fault.code === "in_use") setStanding({ at: "elsewhere" });
        else if (await isKept()) setStanding({ at: "shut", fault });
        else setStanding({ at: "choosing", fault });
      }
    },
    [show],
  );

  useEffect(() => {
    // Whoever comes with no link stays at the page that the address names.
    if (first.type !== "nothing") setPlaceOf(first);
    if (!isOfTicket(first)) void begin(openKept);
  }, [begin, first]);

  useFollowed((next) => {
    const { at } = standing;
    if (at === "ended" || at === "lost") loadAnew(next);
    else if (at === "open" || unfinishedTexts() > 0) setWaiting(next);
    else {
      setTaken(next);
      if (at !== "choosing") return;
      setPlaceOf(next);
      // Where a ticket was shown nobody has looked yet whether somebody keeps their work here.
      if (isOfTicket(taken) && !isOfTicket(next)) void begin(openKept);
    }
  });
  const stay = () => setWaiting(NOTHING);

  const isElsewhere = standing.at === "elsewhere";
  useEffect(() => {
    if (!isElsewhere) {
      return;
    }
    const waiting = new AbortController();
    freed(waiting.signal).then(
      () => void begin(onDevice),
      () => {},
    );
    return () => waiting.abort();
  }, [isElsewhere, begin]);

  const desk = standing.at === "open" ? standing.desk : undefined;
  useEffect(() => {
    desk?.onAsked(async () => {
      if (await handOver(desk)) setStanding({ at: "elsewhere" });
      else setTold(wanted);
    });
    const quiet = desk?.onMishap(() => setTold(restarted));
    // What a device keeps is opened again; what was in memory is gone with the worker.
    const deaf = desk?.onDeath(() => {
      if (desk.keeping === "memory") holdAll();
      void desk.close().then(() => {
        if (desk.keeping === "thisDevice") {
          setTold(restarted);
          void begin(onDevice);
        } else {
          setStanding({ at: "lost" });
        }
      });
    });
    return () => {
      quiet?.();
      deaf?.();
    };
  }, [desk, begin]);

  const { tabs, forget } = useTabsBeside(ownOf(standing));
  const joined = async (desk: Desk) => {
    setTaken(NOTHING);
    if (desk.keeping === "thisDevice") {
      // A browser that keeps no pages still has the work itself.
      void keepPage().catch(() => {});
      void isPromised().then((is) => setTold(is ? "" : unpromised));
    } else {
      void forgetUnused().catch(() => {});
    }
    await show(desk);
  };

  const takeOver = () => {
    askForPlace();
    void begin(onDevice);
  };

  switch (standing.at) {
    case "starting":
      return (
        <Frame>
          <p role="status">Opening…</p>
        </Frame>
      );
    case "choosing":
      return (
        <>
          <Followed link={waiting} onStay={stay} />
          {isOfTicket(taken) ? (
            <TicketLink link={taken} tabs={tabs} />
          ) : (
            <Frame>
              <OtherTabs tabs={tabs} onRead={forget} />
              <FaultNotice fault={standing.fault} />
              <Join key={linkOf(taken)} link={taken} onJoined={joined} />
            </Frame>
          )}
        </>
      );
    case "shut":
      return (
        <Frame>
          <Title text="The desk could not be opened" />
          <FaultNotice fault={standing.fault} />
          <p>What is kept on this device is left as it is.</p>
          <Button onClick={() => void begin(onDevice)}>Try again</Button>
        </Frame>
      );
    case "elsewhere":
      return <Elsewhere link={taken} onAgain={takeOver} />;
    case "lost":
      return <Lost />;
    case "ended":
      return <Ended words={standing.words} link={standing.link ?? NOTHING} />;
    case "open": {
      const { desk, account } = standing;
      const end = (words: string) => setStanding({ at: "ended", words });
      const link = waiting === NOTHING ? taken : waiting;
      const leave = () => {
        setTaken(NOTHING);
        setWaiting(NOTHING);
      };
      const endFor = (words: string) => setStanding({ at: "ended", words, link });
      return (
        <DeskContext.Provider value={desk}>
          {told && <Told words={told} onRead={() => setTold("")} />}
          <OtherTabs
            tabs={tabs}
            onRead={forget}
            {...(account && { signedIn: account.person.name })}
          />
          {account ? (
            <Followed link={link} signedIn={account.person.name} onStay={leave} onEnd={endFor} />
          ) : (
            <Followed link={waiting} onStay={stay} />
          )}
          <Boundary onAgain={() => void show(desk).catch(() => begin(() => open(desk.keeping)))}>
            {account ? (
              <Shell account={account} onEnd={end} />
            ) : (
              <Frame>
                <Join key={linkOf(taken)} link={taken} desk={desk} onJoined={joined} />
              </Frame>
            )}
          </Boundary>
        </DeskContext.Provider>
      );
    }
  }
}

/** What other tabs of the browser are told of this one. */
function ownOf(standing: Standing): Own {
  if (standing.at === "ended") return "ended";
  return standing.at === "open" && standing.account
    ? { name: standing.account.person.name }
    : undefined;
}

/** On one's own device what was half written is there again, and is kept from now on. */
async function bringBegun({ keeping }: Desk): Promise<void> {
  if (keeping !== "thisDevice") return;
  // What cannot be read keeps nobody from their desk.
  keepBegun(keepSealed, await openSealed().catch(() => undefined));
}

/** Lets another tab go on, unless a text is nowhere but in this window. Says whether it does. */
async function handOver(desk: Desk): Promise<boolean> {
  await settleAll(desk.core).catch(() => {});
  await keepNow();
  if (textsToLose() > 0) return false;
  leaveBegun();
  await desk.close();
  return true;
}
