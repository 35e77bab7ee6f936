import { useTranslation } from "react-i18next";
import { ExportPill } from "~/ui/primitives";
import s from "./List.module.css";

const counts = new Intl.NumberFormat("nb-NO");
const LEGEND = ["sent", "waiting", "checking", "attention"] as const;

interface ListFootProps {
  count: number;
  all: number | undefined;
  hasSystems: boolean;
}

/** How many match of how many, and what the marks of the export columns mean. */
export function ListFoot({ count, all, hasSystems }: ListFootProps) {
  const { t } = useTranslation("invoices");
  const isPart = all !== undefined && all !== count;
  return (
    <>
      <span className="nowrap">
        <b>{counts.format(count)}</b>
        {isPart ? ` ${t("of_all", { all: counts.format(all) })}` : ` ${t("documents", { count })}`}
      </span>
      {hasSystems && (
        <span className={s.legend}>
          {LEGEND.map((state) => (
            <ExportPill key={state} status={state} />
          ))}
        </span>
      )}
    </>
  );
}
