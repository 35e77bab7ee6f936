/* The words beside what is mapped: the kind of a service, the class of an account, a rate. */
import type { MappingRow } from "~/ipc/gen/MappingRow";
import type { RemoteChoice } from "~/ipc/gen/RemoteChoice";
import { i18n } from "./index";

const word = (key: string, otherwise: string): string =>
  String(i18n.t(`mapping:${key}` as never, { defaultValue: otherwise } as never));

/** `lesson · 25 %` with its first word in the language of the window. */
export function rowDetail(row: Pick<MappingRow, "kind" | "detail">): string {
  if (row.kind !== "service") return row.detail;
  const [kind = "", ...rest] = row.detail.split(" · ");
  return [word(`service_${kind}`, kind), ...rest].filter((part) => part !== "").join(" · ");
}

/** The class of an account, or the rate of a tax code. */
export function choiceDetail(choice: Pick<RemoteChoice, "fits" | "detail">): string {
  if (choice.fits.includes("tax_code"))
    return choice.detail === "" ? "" : `${choice.detail.replace(".", ",")} %`;
  return choice.detail === "" ? "" : word(`class_${choice.detail}`, choice.detail);
}
