import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { DayHealth } from "~/ipc/gen/DayHealth";
import { Button, Day, Table } from "~/ui/primitives";
import s from "./Health.module.css";

const share = (part: number, most: number) => `${most > 0 ? (part / most) * 100 : 0}%`;

/** What each of the last days brought, as bars or as a table of the same figures. */
export function Days({ days, system }: { days: readonly DayHealth[]; system: string }) {
  const { t } = useTranslation("health");
  const { t: common } = useTranslation();
  const [isTable, setTable] = useState(false);
  const sum = (of: "arrived" | "refused") => days.reduce((all, day) => all + day[of], 0);
  const most = Math.max(...days.map(({ arrived, refused }) => arrived + refused));
  const label = t("days_of", { system });
  return (
    <div className={s.days}>
      <div className={s.daysHead}>
        <span className="t3">{t("last_days")}</span>
        <Button variant="quiet" size="small" onPress={() => setTable(!isTable)}>
          {common(isTable ? "as_chart" : "as_table")}
        </Button>
      </div>
      {isTable ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls takes the keys
        <section className={s.daysTable} tabIndex={0} aria-label={label}>
          <Table
            label={label}
            rows={[...days].reverse()}
            rowId={({ day }) => day}
            columns={[
              { id: "day", header: t("day"), cell: ({ day }) => <Day of={day} /> },
              count("arrived", t("arrived")),
              count("refused", t("refused")),
              count("doubted", t("doubted")),
            ]}
          />
        </section>
      ) : (
        <div
          className={s.bars}
          role="img"
          aria-label={t("days_label", { label, arrived: sum("arrived"), refused: sum("refused") })}
        >
          {days.map(({ day, arrived, refused }) => (
            <span key={day} className={s.bar} title={t("day_label", { day, arrived, refused })}>
              <i data-part="refused" style={{ height: share(refused, most) }} />
              <i data-part="arrived" style={{ height: share(arrived, most) }} />
            </span>
          ))}
        </div>
      )}
    </div>
  );
}

const count = (id: "arrived" | "refused" | "doubted", header: string) => ({
  id,
  header,
  align: "end" as const,
  cell: (day: DayHealth) => <span className={day[id] === 0 ? "num t3" : "num"}>{day[id]}</span>,
});
