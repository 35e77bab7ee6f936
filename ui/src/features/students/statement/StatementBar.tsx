import { useTranslation } from "react-i18next";
import type { IsoDate } from "~/domain/dates";
import { BarRule, DateField, Segmented, Select, Toolbar } from "~/ui/primitives";
import {
  type Period,
  PRESETS,
  type Preset,
  presetOf,
  presetSearch,
  type StatementSearch,
  type StatementStyle,
} from "./period";
import s from "./Statement.module.css";

const OWN = "own";

interface StatementBarProps {
  period: Period;
  style: StatementStyle;
  today: IsoDate;
  onChange: (next: StatementSearch) => void;
}

/** Which statement: all that happened in a period, or what is open at the end of a day. */
export function StatementBar({ period, style, today, onChange }: StatementBarProps) {
  const { t } = useTranslation("students");
  const named = presetOf(period, today);
  return (
    <Toolbar label={t("statement_shows")}>
      <Segmented<StatementStyle>
        label={t("statement_style")}
        value={style}
        options={[
          { id: "activity", name: t("style_activity") },
          { id: "open", name: t("style_open") },
        ]}
        onChange={(next) => onChange({ style: next === "open" ? next : undefined })}
      />
      <BarRule />
      {style === "activity" && (
        <>
          <div className={s.preset}>
            <Select
              label={t("period")}
              hideLabel
              value={named ?? OWN}
              options={[
                ...PRESETS.map((id) => ({ id: id as string, name: t(`period_${id}`) })),
                ...(named ? [] : [{ id: OWN, name: t("period_own") }]),
              ]}
              onChange={(id) =>
                id !== OWN &&
                onChange({ from: undefined, to: undefined, ...presetSearch(id as Preset, today) })
              }
            />
          </div>
          <span className={s.word} aria-hidden>
            {t("period_from")}
          </span>
          <div className={s.date}>
            <DateField
              label={t("period_from")}
              hideLabel
              today={today}
              value={period.from}
              max={period.to}
              onChange={(day) => onChange({ from: day ?? "all" })}
            />
          </div>
        </>
      )}
      <span className={s.word} aria-hidden>
        {t("period_to")}
      </span>
      <div className={s.date}>
        <DateField
          label={t("period_to")}
          hideLabel
          today={today}
          value={period.to}
          min={style === "activity" ? (period.from ?? undefined) : undefined}
          onChange={(day) =>
            day &&
            onChange({ to: day, from: period.from ?? (style === "open" ? undefined : "all") })
          }
        />
      </div>
    </Toolbar>
  );
}
