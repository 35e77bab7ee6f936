import { Link } from "@tanstack/react-router";
import {
  ChevronRight,
  CircleAlert,
  FilePenLine,
  Files,
  Inbox,
  type LucideIcon,
  Wallet,
} from "lucide-react";
import { useTranslation } from "react-i18next";
import type { HomeView } from "~/ipc/gen/HomeView";
import { EmptyState, Icon } from "~/ui/primitives";
import s from "./Home.module.css";
import { Panel } from "./Panel";

interface NextAction {
  id: "attention" | "drafts" | "unbilled" | "unallocated" | "overdue";
  icon: LucideIcon;
  count: number;
  to: string;
  search: Record<string, unknown>;
}

const actionsOf = (home: HomeView): NextAction[] =>
  (
    [
      { id: "attention", icon: Inbox, count: home.needs_attention, to: "/review", search: {} },
      {
        id: "drafts",
        icon: FilePenLine,
        count: home.drafts,
        to: "/invoices",
        search: { view: "draft" },
      },
      { id: "unbilled", icon: Files, count: home.unbilled_count, to: "/charges", search: {} },
      {
        id: "unallocated",
        icon: Wallet,
        count: home.unallocated_count,
        to: "/payments",
        search: { unallocated: true },
      },
      {
        id: "overdue",
        icon: CircleAlert,
        count: home.overdue_count,
        to: "/invoices",
        search: { view: "overdue", sort: "due_date" },
      },
    ] satisfies NextAction[]
  ).filter((action) => action.count > 0);

/** What waits for a person, most pressing first; or that nothing does. */
export function NextActions({ home }: { home: HomeView | undefined }) {
  const { t } = useTranslation("home");
  const actions = home && actionsOf(home);
  return (
    <Panel id="next" title={t("next")} isWaiting={actions === undefined}>
      {actions?.length === 0 && (
        <EmptyState kind="all_done" title={t("all_done")}>
          {t("all_done_body")}
        </EmptyState>
      )}
      {actions && actions.length > 0 && (
        <ul className={s.actions}>
          {actions.map(({ id, icon, count, to, search }) => (
            <li key={id}>
              <Link to={to} search={search} className={s.action}>
                <Icon of={icon} className={id === "attention" ? "fg-danger" : undefined} />
                <b className="num">{count}</b>
                <span className="grow">{t(`next_${id}`, { count })}</span>
                <span className={s.actionVerb}>{t(`verb_${id}`)}</span>
                <Icon of={ChevronRight} size={14} />
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
