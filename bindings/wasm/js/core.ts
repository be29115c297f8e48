// The page's door to the core in its worker.
export type * from "../api.js";
export { connect, type Opened } from "./connect.js";
export { CoreError, WorkerEnded } from "./error.js";
export { adding, changing, correcting, recording } from "./items.js";
export { forgetKey, hasKey, keyOf } from "./key.js";
export { type Engine, LastingCore } from "./lasting.js";
export type { Hears, Opening, Port } from "./messages.js";
export { type Shown, settleFields, TextBinding, type TypedOn, textOf } from "./typing.js";
