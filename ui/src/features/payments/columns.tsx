import type { TFunction } from "i18next";
import type { ReactNode } from "react";
import { isZero } from "~/domain/money";
import type { PaymentRow } from "~/ipc/gen/PaymentRow";
import type { GridColumn } from "~/ui/grid";
import { Amount, Day, ExportPill } from "~/ui/primitives";
import { PaymentPill } from "./PaymentPill";
import s from "./Payments.module.css";

interface Sums {
  amount: ReactNode;
  unallocated: ReactNode;
}

/** Columns of the list of payments, with the sums of all that match. */
export function paymentColumns(t: TFunction<"payments">, sums: Sums): GridColumn<PaymentRow>[] {
  return [...sourceColumns(t), ...settledColumns(t, sums)];
}

/** Where the money came from. */
function sourceColumns(t: TFunction<"payments">): GridColumn<PaymentRow>[] {
  return [
    {
      id: "received_on",
      header: t("received_on"),
      width: 100,
      isSortable: true,
      cell: (r) => (
        <span className="t2">
          <Day of={r.received_on} />
        </span>
      ),
    },
    {
      id: "student",
      header: t("student"),
      width: 104,
      grow: true,
      isSortable: true,
      cell: (r) => (
        <span className="clip" title={r.student}>
          {r.student}
        </span>
      ),
    },
    {
      id: "method_name",
      header: t("method"),
      width: 112,
      isSortable: true,
      cell: (r) => <span className="t2 clip">{r.method_name}</span>,
    },
    {
      id: "reference",
      header: t("reference_short"),
      width: 120,
      givesWay: 2,
      cell: (r) => <span className="num t2 clip">{r.reference || <Dash />}</span>,
    },
  ];
}

/** How much it was and what became of it. */
function settledColumns(t: TFunction<"payments">, sums: Sums): GridColumn<PaymentRow>[] {
  return [
    {
      id: "invoices",
      header: t("settles"),
      width: 88,
      givesWay: 1,
      cell: (r) => (
        <span className="num t2 clip" title={r.invoices.join(", ")}>
          {r.invoices.length > 0 ? r.invoices.join(", ") : <Dash />}
        </span>
      ),
    },
    {
      id: "amount",
      header: t("amount"),
      width: 100,
      align: "end",
      isSortable: true,
      sum: sums.amount,
      cell: (r) => <Amount of={r.amount} look="main" withCurrency={r.base !== null} />,
    },
    {
      id: "state",
      header: t("state"),
      width: 104,
      givesWay: 1,
      cell: (r) => (r.state === "confirmed" ? <Dash /> : <PaymentPill state={r.state} />),
    },
    {
      id: "unallocated",
      header: t("not_allocated"),
      width: 104,
      align: "end",
      isSortable: true,
      sum: sums.unallocated,
      cell: (r) =>
        isZero(r.unallocated) ? (
          <Dash />
        ) : (
          <Amount of={r.unallocated} look="credit" withCurrency={r.base !== null} />
        ),
    },
    {
      id: "exports",
      header: t("export"),
      width: 72,
      cell: (r) => (
        <span className={s.marks}>
          {r.exports.map((mark) => (
            <ExportPill key={mark.connection_id} status={mark.state} look="mark" />
          ))}
          {r.exports.length === 0 && <Dash />}
        </span>
      ),
    },
  ];
}

const Dash = () => <span className="t3">–</span>;
