import { useState } from "react";
import { useTranslation } from "react-i18next";
import { faultOf, faultText } from "~/ipc/errors";
import type { MappingRule } from "~/ipc/gen/MappingRule";
import type { MappingRulesView } from "~/ipc/gen/MappingRulesView";
import type { RuleCondition } from "~/ipc/gen/RuleCondition";
import type { RuleSetting } from "~/ipc/gen/RuleSetting";
import { FormDialog, Switch, TextField, toast } from "~/ui/primitives";
import { useSaveRules } from "../api";
import { ConditionRow } from "./ConditionRow";
import { Rows } from "./Rows";
import s from "./Rules.module.css";
import { SettingRow } from "./SettingRow";
import { fieldName, settingName, withRule } from "./words";

interface RuleDialogProps {
  view: MappingRulesView;
  /** Its place; a new one has none. */
  at: number | null;
  rule: MappingRule | undefined;
  systemName: string;
  onClose: () => void;
}

const NEW: MappingRule = { id: null, name: "", on: true, when: [], set: [] };

const emptyCondition = (of: string): RuleCondition => ({ of, values: [], from: null, to: null });
const emptySetting = (of: string): RuleSetting => ({ of, value: "" });

/** A rule: when, set. */
export function RuleDialog({ view, at, rule, systemName: system, onClose }: RuleDialogProps) {
  const { t } = useTranslation("bookingrules");
  const save = useSaveRules();
  const [form, setForm] = useState(rule ?? NEW);
  const change = (part: Partial<MappingRule>) => setForm((before) => ({ ...before, ...part }));
  const trouble = useTrouble(save.error, at ?? view.rules.length);
  function submit() {
    const { connection_id, department_id } = view;
    const rules = withRule(view.rules, at, form);
    save.mutate(
      { connection_id, department_id, rules },
      {
        onSuccess: ({ released }) => {
          const { name } = form;
          toast({
            text:
              released > 0 ? t("saved_releases", { name, count: released }) : t("saved", { name }),
          });
          onClose();
        },
      },
    );
  }
  return (
    <FormDialog
      title={rule ? t("edit_title", { name: rule.name }) : t("add_title")}
      verb={t("save")}
      onClose={onClose}
      onSubmit={submit}
      isBusy={save.isPending}
      trouble={trouble.elsewhere}
    >
      <TextField
        label={t("name")}
        value={form.name}
        onChange={(name) => change({ name })}
        error={trouble.at("name")}
        isRequired
        autoFocus
      />
      <Rows
        legend={t("when_legend")}
        note={form.when.length === 0 ? t("when_none") : undefined}
        add={t("when_add")}
        items={form.when}
        fields={view.conditions}
        nameOf={(of) => fieldName(t, of)}
        empty={emptyCondition}
        onChange={(when) => change({ when })}
        row={(it, place, onChange) => (
          <ConditionRow
            condition={it}
            field={view.conditions.find((field) => field.of === it.of)}
            error={trouble.at(`when.${place}`)}
            onChange={onChange}
          />
        )}
      />
      <Rows
        legend={t("set_legend", { system })}
        add={t("set_add")}
        error={trouble.at("set")}
        items={form.set}
        fields={view.settings}
        nameOf={(of) => settingName(t, of)}
        empty={emptySetting}
        onChange={(set) => change({ set })}
        row={(it, place, onChange) => (
          <SettingRow
            setting={it}
            field={view.settings.find((field) => field.of === it.of)}
            error={trouble.at(`set.${place}`)}
            onChange={onChange}
          />
        )}
      />
      <div className={s.switch}>
        <Switch isSelected={form.on} onChange={(on) => change({ on })}>
          {t("is_on")}
        </Switch>
      </div>
    </FormDialog>
  );
}

/** A refusal at the part of this rule it is about, or above the form. */
function useTrouble(error: unknown, place: number) {
  if (error === null || error === undefined) return { at: () => undefined, elsewhere: undefined };
  const fault = faultOf(error);
  const text = faultText(fault);
  const own = `rules.${place}.`;
  const field = fault.field?.startsWith(own) ? fault.field.slice(own.length) : undefined;
  const isAt = (part: string) =>
    field === part || (part !== "set" && field?.startsWith(`${part}.`) === true);
  return {
    at: (part: string) => (isAt(part) ? text : undefined),
    elsewhere: field === undefined ? text : undefined,
  };
}
