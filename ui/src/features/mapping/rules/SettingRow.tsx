import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { RuleField } from "~/ipc/gen/RuleField";
import type { RuleSetting } from "~/ipc/gen/RuleSetting";
import { ComboBox, TextField } from "~/ui/primitives";
import { choiceName, settingName, valueName } from "./words";

interface SettingRowProps {
  setting: RuleSetting;
  field: RuleField | undefined;
  error?: string;
  onChange: (setting: RuleSetting) => void;
}

/** One thing that is set: a code of theirs, or a text. */
export function SettingRow({ setting, field, error, onChange }: SettingRowProps) {
  const { t } = useTranslation("bookingrules");
  const { of, value } = setting;
  const label = settingName(t, of);
  const shown = valueName(t, field ? [field] : [], of, value);
  const option = useMemo(() => (value === "" ? null : { id: value, name: shown }), [value, shown]);
  if (of === "line_text")
    return (
      <TextField
        label={label}
        value={value}
        onChange={(text) => onChange({ ...setting, value: text })}
        error={error}
      />
    );
  const load = async (query: string) => {
    const wanted = query.toLocaleLowerCase();
    const all = (field?.choices ?? []).map((it) => ({ id: it.value, name: choiceName(t, of, it) }));
    return all.filter((it) => it.name.toLocaleLowerCase().includes(wanted));
  };
  return (
    <ComboBox
      label={label}
      value={option}
      load={load}
      placeholder={t("choose")}
      onChange={(chosen) => onChange({ ...setting, value: chosen?.id ?? "" })}
      error={error}
    />
  );
}
