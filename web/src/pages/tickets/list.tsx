import { useEffect } from "preact/hooks";
import type { TicketView } from "../../core/api";
import { useAction } from "../../core/use_action";
import type { Asked } from "../../core/use_core";
import { Answer } from "../../parts/answer";
import { Button } from "../../parts/button";
import { FaultNotice } from "../../parts/notice";
import { Apart } from "../../parts/of";
import { Ticket } from "./ticket";

interface TicketListProps {
  asked: Asked<readonly TicketView[]>;
  empty: string;
}

/** Tickets as this device has heard of them. The server is asked for news once. */
export function TicketList({ asked, empty }: TicketListProps) {
  const refresh = useAction((core) => core.refreshTickets());
  useEffect(() => {
    void refresh.run();
    // Once, when the page is opened.
  }, []);
  return (
    <>
      <Answer asked={asked}>
        {(tickets) =>
          tickets.length === 0 ? (
            <p>{empty}</p>
          ) : (
            <ul class="desk-list">
              <Apart items={tickets} itemKey={({ id }) => id} itemName={({ purpose }) => purpose}>
                {(ticket) => (
                  <li>
                    <Ticket ticket={ticket} />
                  </li>
                )}
              </Apart>
            </ul>
          )
        }
      </Answer>
      <FaultNotice fault={refresh.fault} />
      <Button kind="secondary" busy={refresh.busy} onClick={() => void refresh.run()}>
        Ask for news
      </Button>
    </>
  );
}
