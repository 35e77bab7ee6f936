import { Plus, UserRound, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import {
  Button,
  ComboBox,
  IconButton,
  MoneyField,
  NumberField,
  Select,
  TextField,
} from "~/ui/primitives";
import { payerChoices } from "./find";
import s from "./Shares.module.css";
import { newRow, PARTS, type ShareRow, studentRow } from "./shares";

interface SharesEditorProps {
  rows: readonly ShareRow[];
  student: { name: string; number: string };
  currency: string;
  /** On a document each payer may have a reference of its own. */
  withReference?: boolean;
  onChange: (rows: ShareRow[]) => void;
}

/** Who pays how much, row by row. */
export function SharesEditor(props: SharesEditorProps) {
  const { rows, student, onChange } = props;
  const { t } = useTranslation("payers");
  const part = rows.some((row) => row.part === "rest") ? "percent" : "rest";
  const replace = (place: number, change: Partial<ShareRow>) =>
    onChange(rows.map((row, at) => (at === place ? { ...row, ...change } : row)));
  return (
    <div className={s.rows}>
      {rows.map((row, place) => (
        <Row
          // biome-ignore lint/suspicious/noArrayIndexKey: a share has no identity but its place
          key={place}
          {...props}
          row={row}
          place={place}
          onReplace={(change) => replace(place, change)}
          onRemove={() => onChange(rows.filter((_, at) => at !== place))}
        />
      ))}
      <div className={s.add}>
        <Button variant="quiet" icon={Plus} onPress={() => onChange([...rows, newRow(part)])}>
          {t("add_payer")}
        </Button>
        {!rows.some((row) => row.isStudent) && (
          <Button
            variant="quiet"
            icon={UserRound}
            onPress={() => onChange([...rows, studentRow(student.name, student.number, part)])}
          >
            {t("add_student", { name: student.name })}
          </Button>
        )}
      </div>
    </div>
  );
}

interface RowProps extends SharesEditorProps {
  row: ShareRow;
  place: number;
  onReplace: (change: Partial<ShareRow>) => void;
  onRemove: () => void;
}

function Row({ row, place, currency, withReference, onReplace, onRemove }: RowProps) {
  const { t } = useTranslation("payers");
  return (
    <div className={s.row} data-reference={withReference || undefined}>
      {row.isStudent ? (
        <div className={s.fixed}>
          <span>{t("the_student")}</span>
          <span className={s.who}>
            <span className="clip">{row.name}</span>
          </span>
        </div>
      ) : (
        <ComboBox
          label={t("payer")}
          name={`shares.${place}.payer_id`}
          autoFocus={row.payer_id === null}
          value={row.payer_id ? { id: row.payer_id, name: row.name, code: row.number } : null}
          load={payerChoices}
          placeholder={t("payer_hint")}
          onChange={(option) =>
            onReplace({
              payer_id: option?.id ?? null,
              name: option?.name ?? "",
              number: option?.code ?? "",
            })
          }
        />
      )}
      <Select
        label={t("share")}
        value={row.part}
        options={PARTS.map((id) => ({ id, name: t(`part_${id}`) }))}
        onChange={(part) => onReplace({ part, value: null })}
      />
      <Value row={row} place={place} currency={currency} onReplace={onReplace} />
      {withReference && (
        <TextField
          label={t("reference")}
          value={row.reference}
          maxLength={80}
          onChange={(reference) => onReplace({ reference })}
        />
      )}
      <IconButton
        icon={X}
        label={t("remove_payer", { name: row.name || place + 1 })}
        onPress={onRemove}
      />
    </div>
  );
}

interface ValueProps {
  row: ShareRow;
  place: number;
  currency: string;
  onReplace: (change: Partial<ShareRow>) => void;
}

function Value({ row, place, currency, onReplace }: ValueProps) {
  const { t } = useTranslation("payers");
  const name = `shares.${place}.value`;
  if (row.part === "percent")
    return (
      <NumberField
        label={t("percent")}
        name={name}
        suffix="%"
        decimals={2}
        value={row.value}
        onChange={(value) => onReplace({ value })}
      />
    );
  if (row.part === "amount")
    return (
      <MoneyField
        label={t("amount")}
        name={name}
        currency={currency}
        value={row.value}
        onChange={(value) => onReplace({ value })}
      />
    );
  return (
    <div className={s.fixed}>
      <span>{t("amount")}</span>
      <span className={`${s.who} t2`}>{t("what_is_left")}</span>
    </div>
  );
}
