import i18n from "i18next";
import type { Fault as WireFault } from "./schema";

/**
 * A refusal or failure. The backend's own shape, except that failures of the way to it have codes
 * of their own (`unreachable`, `unexpected`) and that nothing but code and message must be there.
 */
export type Fault = Pick<WireFault, "message"> &
  Partial<Omit<WireFault, "code" | "message">> & { code: string; correlation_id?: string | null };

export class RpcError extends Error {
  readonly fault: Fault;
  constructor(fault: Fault) {
    super(fault.message);
    this.name = "RpcError";
    this.fault = fault;
  }
}

function isFault(value: unknown): value is Fault {
  return (
    typeof value === "object" &&
    value !== null &&
    typeof (value as Fault).code === "string" &&
    typeof (value as Fault).message === "string"
  );
}

/** Brings whatever was thrown into the one shape that screens know how to show. */
export function faultOf(thrown: unknown): Fault {
  if (thrown instanceof RpcError) return thrown.fault;
  if (isFault(thrown)) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return { code: "unexpected", message };
}

/** The sentence for a fault in the language of the window: by its rule, by its code, or its own. */
export function faultText(fault: Fault): string {
  const keys = [
    ...(fault.rule ? [`errors:${fault.code}.${fault.rule}`] : []),
    `errors:${fault.code}`,
  ];
  const key = keys.find((k) => i18n.exists(k));
  if (key === undefined) return fault.message;
  return String(i18n.t(key as never, { ...fault.params, message: fault.message } as never));
}
