import { X } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { RuleCondition } from "~/ipc/gen/RuleCondition";
import type { RuleField } from "~/ipc/gen/RuleField";
import { ComboBox, DateField, IconButton, NumberField, TextField } from "~/ui/primitives";
import s from "./Rules.module.css";
import { choiceName, fieldName, valueName } from "./words";

interface ConditionRowProps {
  condition: RuleCondition;
  /** Nothing: its list has become empty, and only what stands there is shown. */
  field: RuleField | undefined;
  error?: string;
  onChange: (condition: RuleCondition) => void;
}

/** One condition, by the form its values have. */
export function ConditionRow(props: ConditionRowProps) {
  const { condition, error, onChange } = props;
  const { t } = useTranslation("bookingrules");
  const name = fieldName(t, condition.of);
  if (condition.of === "text")
    return (
      <TextField
        label={t("text_holds")}
        value={condition.values[0] ?? ""}
        onChange={(text) => onChange({ ...condition, values: text === "" ? [] : [text] })}
        error={error}
      />
    );
  if (condition.of === "date" || condition.of === "amount") return <Range {...props} name={name} />;
  return <OneOf {...props} name={name} />;
}

function Range({ condition, error, onChange, name }: ConditionRowProps & { name: string }) {
  const { t } = useTranslation("bookingrules");
  const ends = [
    { end: "from", label: t("range_from", { name }), error },
    { end: "to", label: t("range_to", { name }), error: undefined },
  ] as const;
  return (
    <div className={s.range}>
      {ends.map(({ end, ...rest }) => {
        const same = {
          ...rest,
          value: condition[end],
          onChange: (value: string | null) => onChange({ ...condition, [end]: value }),
        };
        return condition.of === "date" ? (
          <DateField key={end} {...same} />
        ) : (
          <NumberField key={end} {...same} decimals={2} />
        );
      })}
    </div>
  );
}

/** One of several: what is chosen stands below the field, each with its way out. */
function OneOf({ condition, field, error, onChange, name }: ConditionRowProps & { name: string }) {
  const { t } = useTranslation("bookingrules");
  const { of, values } = condition;
  const left = (field?.choices ?? []).filter((choice) => !values.includes(choice.value));
  const load = async (query: string) => {
    const wanted = query.toLocaleLowerCase();
    const named = left.map((choice) => ({ id: choice.value, name: choiceName(t, of, choice) }));
    return named.filter((choice) => choice.name.toLocaleLowerCase().includes(wanted));
  };
  return (
    <>
      <ComboBox
        label={values.length === 0 ? t("one_of", { name }) : t("or_of", { name })}
        value={null}
        load={load}
        placeholder={t("choose")}
        onChange={(option) => option && onChange({ ...condition, values: [...values, option.id] })}
        error={error}
      />
      {values.length > 0 && (
        <ul className={s.chosen} aria-label={t("chosen", { name })}>
          {values.map((value) => {
            const shown = valueName(t, field ? [field] : [], of, value);
            return (
              <li key={value} className={s.value}>
                {shown}
                <IconButton
                  size="small"
                  icon={X}
                  label={t("drop", { name: shown })}
                  onPress={() =>
                    onChange({ ...condition, values: values.filter((it) => it !== value) })
                  }
                />
              </li>
            );
          })}
        </ul>
      )}
    </>
  );
}
