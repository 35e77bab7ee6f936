import { Link } from "@tanstack/react-router";
import type { TFunction } from "i18next";
import {
  ArrowLeftRight,
  Ban,
  CircleArrowLeft,
  ReceiptText,
  RotateCcw,
  Undo2,
  Wallet,
} from "lucide-react";
import { withoutSign } from "~/domain/amounts";
import { isZero, type Money } from "~/domain/money";
import type { AccountRow } from "~/ipc/gen/AccountRow";
import { Foreign } from "~/ui/exchange/Worth";
import type { GridColumn } from "~/ui/grid";
import { Amount, Day, Icon } from "~/ui/primitives";
import { isTaking } from "./rows";
import s from "./Students.module.css";

const SIGNS = {
  invoice: ReceiptText,
  credit_note: CircleArrowLeft,
  payment: Wallet,
  reversal: RotateCcw,
  refund: Undo2,
  write_off: Ban,
  write_off_released: RotateCcw,
  exchange: ArrowLeftRight,
} as const;

/** The document of each row, what it charged or took, and how the account stood after it. */
export function accountColumns(
  t: TFunction<"students">,
  balance: Money,
  place: (row: AccountRow) => string,
): GridColumn<AccountRow>[] {
  return [...documentColumns(t, place), ...amountColumns(t, balance)];
}

function documentColumns(
  t: TFunction<"students">,
  place: (row: AccountRow) => string,
): GridColumn<AccountRow>[] {
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
          <Link to={place(r)} className={`clip ${s.quietLink}`} tabIndex={-1}>
            {t(`row_${r.kind as "invoice"}`, { label: r.label })}
          </Link>
          <Foreign of={r.foreign} />
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
  ];
}

function amountColumns(t: TFunction<"students">, balance: Money): GridColumn<AccountRow>[] {
  return [
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
