import { useCallback, useState } from "preact/hooks";
import type { LearningCore } from "./api";
import { useDesk } from "./desk";
import { type Fault, faultOf } from "./fault";
import { focusNear } from "./near";

/** Something a person asks to be done, and how it went. */
export interface Action<A extends unknown[]> {
  busy: boolean;
  fault: Fault | undefined;
  /** Does it, unless it is being done. True if it was done. */
  run(...input: A): Promise<boolean>;
  forget(): void;
}

/**
 * Does something with the core; what goes wrong is shown, never thrown. Where the button goes away
 * with what it was pressed for, the focus goes on beside it.
 */
export function useAction<A extends unknown[]>(
  act: (core: LearningCore, ...input: A) => Promise<unknown>,
): Action<A> {
  const { core } = useDesk();
  const [state, setState] = useState<{ busy: boolean; fault?: Fault }>({ busy: false });
  const run = async (...input: A) => {
    if (state.busy) {
      return false;
    }
    setState({ busy: true });
    const goOn = focusNear();
    try {
      await act(core, ...input);
      setState({ busy: false });
      goOn();
      return true;
    } catch (error) {
      setState({ busy: false, fault: faultOf(error) });
      return false;
    }
  };
  const forget = useCallback(() => setState({ busy: false }), []);
  return { busy: state.busy, fault: state.fault, run, forget };
}
