import type { TFunction } from "i18next";
import type { ReactNode } from "react";
import type { StatusShape, Tone } from "~/domain/status";
import type { ChargeRow } from "~/ipc/gen/ChargeRow";
import type { GridColumn } from "~/ui/grid";
import { Amount, Day, Pill } from "~/ui/primitives";

const LOOKS: Record<string, { tone: Tone; shape: StatusShape }> = {
  unbilled: { tone: "neutral", shape: "open" },
  billed: { tone: "success", shape: "done" },
  voided: { tone: "neutral", shape: "void" },
  drawn: { tone: "success", shape: "check" },
  free: { tone: "neutral", shape: "none" },
};

/** Columns of the pool, with the sum of all that match. */
export function chargeColumns(t: TFunction<"charges">, sum: ReactNode): GridColumn<ChargeRow>[] {
  return [...bookingColumns(t), ...chargedColumns(t, sum)];
}

/** Whose booking it was and what became of it. */
function bookingColumns(t: TFunction<"charges">): GridColumn<ChargeRow>[] {
  return [
    {
      id: "happened_on",
      header: t("date"),
      width: 100,
      isSortable: true,
      cell: (r) => (
        <span className="t2">
          <Day of={r.happened_on} />
        </span>
      ),
    },
    {
      id: "student",
      header: t("student"),
      width: 168,
      isSortable: true,
      cell: (r) => (
        <span className="clip" title={r.student}>
          {r.student}
        </span>
      ),
    },
    {
      id: "kind",
      header: t("event"),
      width: 132,
      isSortable: true,
      cell: (r) => <span className="t2 clip">{t(`kind_${r.kind as "attended"}`)}</span>,
    },
    {
      id: "description",
      header: t("description"),
      width: 160,
      grow: true,
      cell: (r) => (
        <span className="clip" title={r.void_reason ?? r.description}>
          {r.description || <Dash />}
        </span>
      ),
    },
    {
      id: "department",
      header: t("department"),
      width: 104,
      givesWay: 1,
      cell: (r) => <span className="t2 clip">{r.department || <Dash />}</span>,
    },
  ];
}

/** What it costs, and where that went. */
function chargedColumns(t: TFunction<"charges">, sum: ReactNode): GridColumn<ChargeRow>[] {
  return [
    {
      id: "amount",
      header: t("amount"),
      width: 112,
      align: "end",
      isSortable: true,
      sum,
      cell: (r) => (r.amount ? <Amount of={r.amount} look="main" /> : <Dash />),
    },
    {
      id: "state",
      header: t("state"),
      width: 136,
      cell: (r) => (
        <Pill {...(LOOKS[r.state] ?? { tone: "neutral", shape: "none" })} isQuiet>
          {r.invoice_number ?? t(`state_${r.state as "billed"}`)}
        </Pill>
      ),
    },
  ];
}

const Dash = () => <span className="t3">–</span>;
