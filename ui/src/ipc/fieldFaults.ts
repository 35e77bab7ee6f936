import { faultOf, faultText } from "./errors";

export interface FieldFaults {
  /** What is wrong, by the `name` of the field it stands at. */
  at: Record<string, string>;
  /** What is wrong with none of the known fields: stands above the form. */
  elsewhere?: string;
}

/** Shares out a refusal between the fields of a form and the form as a whole. */
export function fieldFaults(error: unknown, fields: readonly string[]): FieldFaults {
  if (error === null || error === undefined) return { at: {} };
  const fault = faultOf(error);
  const text = faultText(fault);
  const field = fault.field ?? "";
  return fields.includes(field) ? { at: { [field]: text } } : { at: {}, elsewhere: text };
}
