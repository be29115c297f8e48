/** Ticks of a tally sheet, of which each device can take back its own. */

import type { DeviceCounts, DeviceId } from "../../core/api";

/** What was counted: so many of them, of so many. */
export interface Counted {
  readonly of: number;
  readonly all: number;
}

/** What can be taken back on this device, and why something cannot where there is something. */
export interface MayTakeBack {
  readonly yes: boolean;
  readonly no: boolean;
  readonly why: string;
}

/** What all devices counted. */
export function countedBy(ticks: DeviceCounts): Counted {
  return [...ticks.keys()].reduce((sum, device) => {
    const { of, all } = countedAt(ticks, device);
    return { of: sum.of + of, all: sum.all + all };
  }, NONE);
}

/** What a device may take back. A sheet cannot say that it counted nothing of nothing. */
export function mayTakeBack(ticks: DeviceCounts, device: DeviceId): MayTakeBack {
  const { of, all } = countedAt(ticks, device);
  const isOnly = all === 1;
  const isElsewhere = all === 0 && countedBy(ticks).all > 0;
  const why = isOnly
    ? "The only tick of this device is taken back with the sheet."
    : isElsewhere
      ? "These were ticked on other devices, and are taken back there."
      : "";
  return { yes: of > 0 && !isOnly, no: all > of && !isOnly, why };
}

const NONE: Counted = { of: 0, all: 0 };

function countedAt(ticks: DeviceCounts, device: DeviceId): Counted {
  const value = ticks.get(device);
  return value?.type === "ratio" ? { of: value.numerator, all: value.denominator } : NONE;
}
