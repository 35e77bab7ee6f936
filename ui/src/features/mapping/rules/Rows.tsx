import { Plus, X } from "lucide-react";
import { type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import type { RuleField } from "~/ipc/gen/RuleField";
import { Button, IconButton, Menu } from "~/ui/primitives";
import s from "./Rules.module.css";

interface RowsProps<R extends { of: string }> {
  legend: string;
  /** Stands where there are no rows. */
  note?: string;
  add: string;
  error?: string;
  items: readonly R[];
  fields: readonly RuleField[];
  nameOf: (of: string) => string;
  empty: (of: string) => R;
  onChange: (items: R[]) => void;
  row: (item: R, place: number, onChange: (item: R) => void) => ReactNode;
}

/** Parts of a rule, each kind once, with a menu of those that are not there yet. */
export function Rows<R extends { of: string }>(props: RowsProps<R>) {
  const { legend, note, add, error, items, fields, nameOf, empty, onChange, row } = props;
  const { t } = useTranslation("bookingrules");
  const id = useId();
  const left = fields.filter((field) => items.every((item) => item.of !== field.of));
  return (
    <fieldset className={s.part} aria-describedby={error ? id : undefined}>
      <legend className={s.legend}>{legend}</legend>
      {note && <p className="t2 small">{note}</p>}
      {items.map((item, place) => (
        <div key={item.of} className={s.row}>
          <div className={s.field}>
            {row(item, place, (changed) =>
              onChange(items.map((it, at) => (at === place ? changed : it))),
            )}
          </div>
          <IconButton
            icon={X}
            label={t("drop", { name: nameOf(item.of) })}
            onPress={() => onChange(items.filter((_, at) => at !== place))}
          />
        </div>
      ))}
      {error && (
        <p id={id} className="fg-danger small">
          {error}
        </p>
      )}
      {left.length > 0 && (
        <Menu
          label={add}
          placement="bottom start"
          trigger={
            <Button size="small" icon={Plus}>
              {add}
            </Button>
          }
          groups={[
            {
              id: "fields",
              actions: left.map((field) => ({
                id: field.of,
                label: nameOf(field.of),
                onAction: () => onChange([...items, empty(field.of)]),
              })),
            },
          ]}
        />
      )}
    </fieldset>
  );
}
