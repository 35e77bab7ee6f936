import i18n from "i18next";

/** A refusal or failure as the backend reports it. `code` selects the text shown to a person. */
export interface Fault {
  code: string;
  message: string;
  /** Path of the request field the fault belongs to, such as `lines.2.quantity`. */
  field?: string;
  /** What a provider or the file system said, word for word; shown folded. */
  detail?: string;
  correlation_id?: string;
  params?: Record<string, string>;
}

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

/** The sentence for a fault in the language of the window; the backend's own text if none is kept. */
export function faultText(fault: Fault): string {
  const key = `errors:${fault.code}`;
  if (!i18n.exists(key)) return fault.message;
  return String(i18n.t(key as never, { ...fault.params, message: fault.message } as never));
}
