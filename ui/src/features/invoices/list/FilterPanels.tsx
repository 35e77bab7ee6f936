import { useTranslation } from "react-i18next";
import { formatMoney } from "~/domain/money";
import { ComboBox, DateField, MoneyField } from "~/ui/primitives";
import { findStudents, useDesk } from "../api";
import s from "./Filter.module.css";
import type { ListSearch } from "./filter";

type Narrow = (change: Partial<ListSearch>) => void;

interface RangePanelProps {
  of: "issued" | "due";
  search: ListSearch;
  onNarrow: Narrow;
}

export function RangePanel({ of, search, onNarrow }: RangePanelProps) {
  const { t } = useTranslation("invoices");
  const today = useDesk()?.today;
  const from = `${of}_from` as const;
  const to = `${of}_to` as const;
  return (
    <div className={s.pair}>
      <DateField
        label={t("from")}
        value={search[from] ?? null}
        onChange={(day) => onNarrow({ [from]: day ?? undefined })}
        max={search[to]}
        today={today}
        autoFocus
      />
      <DateField
        label={t("to")}
        value={search[to] ?? null}
        onChange={(day) => onNarrow({ [to]: day ?? undefined })}
        min={search[from]}
        today={today}
      />
    </div>
  );
}

interface AmountPanelProps {
  search: ListSearch;
  currency: string;
  onNarrow: Narrow;
}

export function AmountPanel({ search, currency, onNarrow }: AmountPanelProps) {
  const { t } = useTranslation("invoices");
  return (
    <div className={s.pair}>
      <MoneyField
        label={t("from")}
        value={search.amount_from ?? null}
        onChange={(amount) => onNarrow({ amount_from: amount ?? undefined })}
        currency={currency}
        allowNegative
        autoFocus
      />
      <MoneyField
        label={t("to")}
        value={search.amount_to ?? null}
        onChange={(amount) => onNarrow({ amount_to: amount ?? undefined })}
        currency={currency}
        allowNegative
      />
    </div>
  );
}

export function StudentPanel({ onChange }: { onChange: (id: string) => void }) {
  const { t } = useTranslation("invoices");
  return (
    <ComboBox
      label={t("student")}
      value={null}
      onChange={(student) => student && onChange(student.id)}
      load={async (query, signal) =>
        (await findStudents(query, signal)).map((row) => ({
          id: row.id,
          name: row.name,
          code: row.number,
          price: formatMoney(row.balance),
        }))
      }
      placeholder={t("student_hint")}
      autoFocus
    />
  );
}
