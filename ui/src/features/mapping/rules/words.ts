/* A rule in words, by the lists it is made of. Knows no screens and asks nobody. */
import type { TFunction } from "i18next";
import { formatDate } from "~/domain/dates";
import type { MappingRule } from "~/ipc/gen/MappingRule";
import type { RuleChoice } from "~/ipc/gen/RuleChoice";
import type { RuleCondition } from "~/ipc/gen/RuleCondition";
import type { RuleField } from "~/ipc/gen/RuleField";
import type { RuleSetting } from "~/ipc/gen/RuleSetting";

export type Words = TFunction<"bookingrules">;

/** What may be asked about, and set. */
export const fieldName = (t: Words, of: string): string => t(`of_${of}` as "of_service");
export const settingName = (t: Words, of: string): string => t(`set_${of}` as "set_account");

/** A choice as people know it: a word of ours, or a code with its name. */
export function choiceName(t: Words, of: string, choice: RuleChoice): string {
  if (of === "currency") return choice.value;
  if (choice.label === "") return t(`is_${choice.value}` as "is_invoice");
  // The code of a tracking option or a department says nothing to a person.
  const hasCode = of !== "tracking" && choice.code !== "" && choice.code !== choice.label;
  return hasCode ? `${choice.code} ${choice.label}` : choice.label;
}

/** A value by the name it is chosen under; what is no longer on the list stands as it is. */
export function valueName(t: Words, fields: readonly RuleField[], of: string, value: string) {
  const choice = fields.find((field) => field.of === of)?.choices.find((c) => c.value === value);
  return choice ? choiceName(t, of, choice) : value;
}

function rangeText(t: Words, of: string, { from, to }: RuleCondition): string {
  // A rule is kept for years: its days are written out, and its amounts have no currency.
  const shown = (end: string) =>
    of === "date" ? formatDate(end, "document", "en") : end.replace(".", t("decimal_sign"));
  if (from && to) return t("from_to", { from: shown(from), to: shown(to) });
  return from ? t("from_on", { from: shown(from) }) : t("up_to", { to: shown(to ?? "") });
}

export function conditionText(t: Words, fields: readonly RuleField[], of: RuleCondition): string {
  const name = fieldName(t, of.of);
  if (of.of === "text") return t("holds_text", { name, text: of.values[0] ?? "" });
  if (of.of === "amount" || of.of === "date") return `${name} ${rangeText(t, of.of, of)}`;
  const values = of.values.map((value) => valueName(t, fields, of.of, value));
  return t("holds_value", { name, values: values.join(t("or")) });
}

export function settingText(t: Words, fields: readonly RuleField[], of: RuleSetting): string {
  return t("sets", { name: settingName(t, of.of), value: valueName(t, fields, of.of, of.value) });
}

/** The rule moved by one place; nothing where it stands at that end already. */
export function moved(
  rules: readonly MappingRule[],
  at: number,
  by: -1 | 1,
): MappingRule[] | undefined {
  const to = at + by;
  const [rule, other] = [rules[at], rules[to]];
  if (rule === undefined || other === undefined) return undefined;
  return rules.map((it, place) => (place === at ? other : place === to ? rule : it));
}

/** The rule in its place, or at the end where it is new. */
export function withRule(
  rules: readonly MappingRule[],
  at: number | null,
  rule: MappingRule,
): MappingRule[] {
  return at === null ? [...rules, rule] : rules.map((it, place) => (place === at ? rule : it));
}
