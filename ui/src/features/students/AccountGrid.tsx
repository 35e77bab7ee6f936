import { Link, useNavigate } from "@tanstack/react-router";
import type { TFunction } from "i18next";
import { CircleArrowLeft, ReceiptText, Wallet } from "lucide-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { withoutSign } from "~/domain/amounts";
import { isZero, type Money } from "~/domain/money";
import { placeOf } from "~/domain/places";
import type { AccountRow } from "~/ipc/gen/AccountRow";
import { DataGrid, type GridColumn, useLocalRows } from "~/ui/grid";
import { Amount, Day, EmptyState, Icon } from "~/ui/primitives";
import { isTaking } from "./rows";
import s from "./Students.module.css";

const SIGNS = { invoice: ReceiptText, credit_note: CircleArrowLeft, payment: Wallet } as const;

function columnsOf(t: TFunction<"students">, balance: Money): GridColumn<AccountRow>[] {
  return [
    {
      id: "date",
      header: t("date"),
      width: 104,
      cell: (r) => (
        <span className="t2">
          <Day of={r.date} />
        </span>
      ),
    },
    {
      id: "what",
      header: t("what"),
      width: 200,
      grow: true,
      cell: (r) => (
        <span className={s.what}>
          <Icon of={SIGNS[r.kind as keyof typeof SIGNS] ?? ReceiptText} />
          <Link to={placeOf(r.kind, r.id)} className={`clip ${s.quietLink}`} tabIndex={-1}>
            {t(`row_${r.kind as "invoice"}`, { label: r.label })}
          </Link>
        </span>
      ),
    },
    {
      id: "due",
      header: t("due_head"),
      width: 96,
      cell: (r) =>
        r.due_date && (
          <span className="t3">
            <Day of={r.due_date} />
          </span>
        ),
    },
    {
      id: "charged",
      header: t("charged"),
      width: 112,
      align: "end",
      cell: (r) => (isTaking(r) ? null : <Amount of={r.amount} />),
    },
    {
      id: "taken",
      header: t("taken"),
      width: 136,
      align: "end",
      cell: (r) =>
        isTaking(r) ? (
          <span className="t2">
            <Amount of={withoutSign(r.amount)} />
          </span>
        ) : null,
    },
    {
      id: "left",
      header: t("left"),
      width: 112,
      align: "end",
      cell: (r) => (isZero(r.left) ? null : <LeftOf row={r} />),
    },
    {
      id: "running",
      header: t("balance"),
      width: 120,
      align: "end",
      sum: <Amount of={balance} />,
      cell: (r) => <Amount of={r.running} look="main" />,
    },
  ];
}

/** Still to be paid of an invoice, still to be used of a payment or credit note. */
function LeftOf({ row }: { row: AccountRow }) {
  return isTaking(row) ? (
    <Amount of={withoutSign(row.left)} look="credit" />
  ) : (
    <span className="t2">
      <Amount of={row.left} />
    </span>
  );
}

interface AccountGridProps {
  /** Oldest first, as the running balance needs them. */
  rows: readonly AccountRow[];
  balance: Money;
  isOpenOnly: boolean;
}

/** The account, newest first; each row opens its document. */
export function AccountGrid({ rows, balance, isOpenOnly }: AccountGridProps) {
  const { t } = useTranslation("students");
  const navigate = useNavigate();
  const newestFirst = useMemo(() => [...rows].reverse(), [rows]);
  const held = useLocalRows(newestFirst);
  const columns = useMemo(() => {
    const all = columnsOf(t, balance);
    // A balance that runs over rows which are not shown would not be understood.
    return isOpenOnly ? all.filter((c) => c.id !== "running") : all.filter((c) => c.id !== "left");
  }, [t, balance, isOpenOnly]);
  const open = (row: AccountRow) => void navigate({ to: placeOf(row.kind, row.id) });
  return (
    <DataGrid
      label={t(isOpenOnly ? "open_items" : "account")}
      columns={columns}
      rows={held}
      rowId={(row) => row.id}
      onOpen={open}
      onPeek={open}
      empty={
        isOpenOnly ? (
          <EmptyState kind="all_done" title={t("nothing_open")} />
        ) : (
          <EmptyState kind="first_use" title={t("no_account")}>
            {t("no_account_body")}
          </EmptyState>
        )
      }
      footLead={<span>{t("entries", { count: rows.length })}</span>}
    />
  );
}
