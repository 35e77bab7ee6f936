import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { addDays } from "~/domain/dates";
import { formatAmount, isZero, type Money } from "~/domain/money";
import type { HomeView } from "~/ipc/gen/HomeView";
import { Skeleton } from "~/ui/primitives";
import s from "./Home.module.css";

interface FigureOf {
  id: string;
  label: string;
  to: string;
  search: Record<string, unknown>;
  value: string | undefined;
  under: string | undefined;
  tone?: "danger" | "credit";
}

/** Five figures that answer "what now"; each opens the list it is made of. */
export function Figures({ home, today }: { home: HomeView | undefined; today: string }) {
  const { t } = useTranslation("home");
  const amount = (of: Money | undefined) => of && formatAmount(of);
  const some = (of: Money | undefined) => of !== undefined && !isZero(of);
  const figures: FigureOf[] = [
    {
      id: "overdue",
      label: t("overdue"),
      to: "/invoices",
      search: { view: "overdue" },
      value: amount(home?.overdue),
      under: home && t("invoices", { count: home.overdue_count }),
      tone: some(home?.overdue) ? "danger" : undefined,
    },
    {
      id: "due",
      label: t("due_this_week"),
      to: "/invoices",
      search: { view: "open", due_from: today, due_to: addDays(today, 6), sort: "due_date" },
      // Today and the six days after it, as the backend counts the week.
      value: amount(home?.due_this_week),
      under: home && t("invoices", { count: home.due_this_week_count }),
    },
    {
      id: "unbilled",
      label: t("unbilled"),
      to: "/charges",
      search: {},
      value: amount(home?.unbilled),
      under: home && t("charges", { count: home.unbilled_count }),
    },
    {
      id: "unallocated",
      label: t("unallocated"),
      to: "/payments",
      search: { unallocated: true },
      value: amount(home?.unallocated),
      under: home && t("payments", { count: home.unallocated_count }),
      tone: some(home?.unallocated) ? "credit" : undefined,
    },
    {
      id: "attention",
      label: t("attention"),
      to: "/review",
      search: {},
      value: home && String(home.needs_attention),
      under: home && t(home.needs_attention > 0 ? "attention_some" : "attention_none"),
      tone: home && home.needs_attention > 0 ? "danger" : undefined,
    },
  ];
  return (
    <ul className={s.figures} aria-busy={home === undefined}>
      {figures.map(({ id, label, to, search, value, under, tone }) => (
        <li key={id}>
          <Link to={to} search={search} className={s.figure}>
            <span className={s.label}>{label}</span>
            <span className={s.value} data-tone={tone}>
              {value ?? <Skeleton width={120} />}
            </span>
            <span className={s.under}>{under ?? <Skeleton width={72} />}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
