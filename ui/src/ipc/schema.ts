/** What the backend answers, generated from its own types. */
export type { Fault } from "./gen/Fault";
export type { RpcSchema } from "./gen/RpcSchema";
