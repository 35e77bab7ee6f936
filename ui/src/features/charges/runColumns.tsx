import type { TFunction } from "i18next";
import type { InvoiceRow } from "~/ipc/gen/InvoiceRow";
import type { InvoiceSum } from "~/ipc/gen/InvoiceSum";
import type { RunLeftOut } from "~/ipc/gen/RunLeftOut";
import type { GridColumn } from "~/ui/grid";
import { Amount, InvoicePill } from "~/ui/primitives";
import { whySkipped } from "./skips";

const name = (text: string) => (
  <span className="clip" title={text}>
    {text}
  </span>
);

/** The invoices of a run as they stand now, with their sums. */
export function runInvoiceColumns(
  t: TFunction<"charges">,
  sum: InvoiceSum | undefined,
): GridColumn<InvoiceRow>[] {
  return [
    {
      id: "number",
      header: t("invoice"),
      width: 108,
      cell: (r) => <span className="num">{r.number}</span>,
    },
    { id: "student", header: t("student"), width: 200, grow: true, cell: (r) => name(r.student) },
    {
      id: "gross",
      header: t("total"),
      width: 128,
      align: "end",
      sum: sum && <Amount of={sum.gross} look="strong" />,
      cell: (r) => <Amount of={r.gross} />,
    },
    {
      id: "open",
      header: t("open"),
      width: 128,
      align: "end",
      sum: sum && <Amount of={sum.open} look="strong" />,
      cell: (r) => <Amount of={r.open} look="main" />,
    },
    {
      id: "status",
      header: t("state"),
      width: 132,
      cell: (r) => <InvoicePill status={r.status} />,
    },
  ];
}

/** What a run left out, and why. */
export function leftOutColumns(t: TFunction<"charges">): GridColumn<RunLeftOut>[] {
  return [
    { id: "student", header: t("student"), width: 220, cell: (r) => name(r.student) },
    {
      id: "reason",
      header: t("why"),
      width: 320,
      grow: true,
      cell: (r) => name(whySkipped(r.reason)),
    },
    {
      id: "gross",
      header: t("total"),
      width: 128,
      align: "end",
      cell: (r) => (r.gross ? <Amount of={r.gross} /> : <span className="t3">–</span>),
    },
  ];
}
