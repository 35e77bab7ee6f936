import type { TFunction } from "i18next";
import type { Money } from "~/domain/money";
import type { ConflictView } from "~/ipc/gen/ConflictView";

type T = TFunction<"conflicts">;

export const titleOf = (t: T, cause: string, system: string): string =>
  t(`cause_${cause}` as "cause_voided_there", { system });

export const happenedOf = (t: T, cause: string, system: string): string =>
  t(`happened_${cause}` as "happened_voided_there", { system });

export const choiceOf = (t: T, choice: string, system: string): string =>
  t(`choice_${choice}` as "choice_leave", { system });

export const effectOf = (t: T, choice: string, system: string): string =>
  t(`effect_${choice}` as "effect_leave", { system });

export const fieldOf = (t: T, field: string): string => t(`field_${field}` as "field_name");

/** The amount that a side says, or nothing where it is no amount. */
export function moneyOf(said: string): Money | null {
  const [, amount, currency] = /^(-?[\d.]+) ([A-Z]{3})$/.exec(said) ?? [];
  return amount && currency ? { amount, currency } : null;
}

/** Words for what a side says; names stand as they are. */
export function saidOf(t: T, field: string, said: string): string {
  if (field === "state") return t(`state_${said}` as "state_live", { defaultValue: said });
  if (field === "refused")
    return t(`refused_${said}` as "refused_in_future", {
      defaultValue: t("refused_other"),
    });
  return said;
}

/** What it is called in the list: a number of ours and whom it is about, as far as is known. */
export const labelOf = (t: T, { label, student, kind }: ConflictView): string =>
  [label || t(`one_${kind}` as "one_payment"), student].filter(Boolean).join(" · ");

/** Conflicts of one cause stand together, in the order in which they came. */
export function byCause(all: readonly ConflictView[]): [string, ConflictView[]][] {
  const groups = new Map<string, ConflictView[]>();
  for (const one of all) groups.set(one.cause, [...(groups.get(one.cause) ?? []), one]);
  return [...groups];
}
