import { useTranslation } from "react-i18next";
import { useDesk } from "~/ipc/desk";
import { DateField, Select } from "~/ui/primitives";
import s from "./Ledger.module.css";
import { askedPeriod, PERIODS, type PeriodName, type PeriodSearch } from "./period";

interface PeriodFieldsProps {
  search: PeriodSearch;
  onChange: (next: PeriodSearch) => void;
}

const CHOSEN = "chosen";

/** A period by its name, or by its first and last day. */
export function PeriodFields({ search, onChange }: PeriodFieldsProps) {
  const { t } = useTranslation("ledger");
  const { today } = useDesk();
  const { from, to } = askedPeriod(search, today);
  const isChosen = search.from !== undefined || search.to !== undefined;
  const days = (next: { from?: string | null; to?: string | null }) =>
    onChange({
      period: undefined,
      from: (next.from === undefined ? from : next.from) ?? undefined,
      to: (next.to === undefined ? to : next.to) ?? undefined,
    });
  const names = PERIODS.map((id) => ({ id: id as string, name: t(`period_${id}`) }));
  return (
    <>
      <Select
        label={t("period")}
        hideLabel
        value={isChosen ? CHOSEN : (search.period ?? "this_month")}
        options={isChosen ? [...names, { id: CHOSEN, name: t("period_chosen") }] : names}
        onChange={(id) =>
          id !== CHOSEN && onChange({ period: id as PeriodName, from: undefined, to: undefined })
        }
      />
      <div className={s.day}>
        <DateField
          label={t("from")}
          hideLabel
          value={from}
          max={to ?? undefined}
          today={today}
          onChange={(day) => days({ from: day })}
        />
      </div>
      <span className="t3" aria-hidden>
        –
      </span>
      <div className={s.day}>
        <DateField
          label={t("to")}
          hideLabel
          value={to}
          min={from ?? undefined}
          today={today}
          onChange={(day) => days({ to: day })}
        />
      </div>
    </>
  );
}
