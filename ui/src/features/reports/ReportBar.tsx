import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { PERIOD_NAMES, type PeriodName } from "~/domain/periods";
import { useDesk } from "~/ipc/desk";
import { BarRule, DateField, Select, Toolbar } from "~/ui/primitives";
import { useSchoolTables } from "./api";
import s from "./Reports.module.css";
import type { ReportProps } from "./ReportsScreen";
import { daysOf } from "./search";

interface ReportBarProps extends ReportProps {
  children?: ReactNode;
  end?: ReactNode;
}

/** Which days the report is about, by name or typed, and what else it asks. */
export function ReportBar({ search, onChange, children, end }: ReportBarProps) {
  const { t } = useTranslation("reports");
  const { today } = useDesk();
  const { from, to, name } = daysOf(search, today);
  const typed = (next: { from: string; to: string }) => onChange({ ...next, period: undefined });
  return (
    <Toolbar label={t("settings")} end={end}>
      <div className={s.choice}>
        <Select<PeriodName | "typed">
          label={t("period")}
          hideLabel
          value={name ?? "typed"}
          options={[
            ...PERIOD_NAMES.map((id) => ({ id, name: t(`period_${id}`) })),
            ...(name ? [] : [{ id: "typed" as const, name: t("period_typed") }]),
          ]}
          onChange={(id) =>
            id !== "typed" && onChange({ period: id, from: undefined, to: undefined })
          }
        />
      </div>
      <div className={s.date}>
        <DateField
          label={t("from")}
          hideLabel
          today={today}
          value={from}
          onChange={(day) => day && typed({ from: day, to: day > to ? day : to })}
        />
      </div>
      <span aria-hidden>–</span>
      <div className={s.date}>
        <DateField
          label={t("to")}
          hideLabel
          today={today}
          value={to}
          onChange={(day) => day && typed({ from: day < from ? day : from, to: day })}
        />
      </div>
      <BarRule />
      {children}
    </Toolbar>
  );
}

interface BarSelectProps<K extends string> {
  label: string;
  options: readonly { id: K; name: string }[];
  value: K;
  onChange: (id: K) => void;
}

/** A choice within the bar. */
export function BarSelect<K extends string>(props: BarSelectProps<K>) {
  return (
    <div className={s.choice}>
      <Select<K> {...props} hideLabel />
    </div>
  );
}

/** The department of the documents; nothing where the school has none. */
export function DepartmentSelect({ search, onChange }: ReportProps) {
  const { t } = useTranslation("reports");
  const departments = useSchoolTables().data?.departments ?? [];
  if (departments.length === 0) return null;
  return (
    <BarSelect
      label={t("department")}
      value={search.department ?? "all"}
      options={[{ id: "all", name: t("all_departments") }, ...departments]}
      onChange={(id) => onChange({ department: id === "all" ? undefined : id })}
    />
  );
}
