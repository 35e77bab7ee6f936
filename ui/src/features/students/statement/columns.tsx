import { Link } from "@tanstack/react-router";
import type { TFunction } from "i18next";
import { withoutSign } from "~/domain/amounts";
import { isNegative, type Money } from "~/domain/money";
import type { StatementRow } from "~/ipc/gen/StatementRow";
import type { StatementView } from "~/ipc/gen/StatementView";
import { Foreign } from "~/ui/exchange/Worth";
import type { GridColumn } from "~/ui/grid";
import { Amount, Day } from "~/ui/primitives";
import { placesOf } from "../rows";
import s from "./Statement.module.css";

/** A row of a statement: one that happened, or the balance it begins with. */
export interface Line {
  key: string;
  kind: string;
  id: string | null;
  row: StatementRow | null;
  date: string | null;
  balance: Money;
}

/** Oldest first, as it is printed; a statement of all that happened begins with its balance. */
export function linesOf(view: StatementView): Line[] {
  const rows = view.rows.map((row) => ({
    key: `${row.kind} ${row.id} ${row.date} ${row.due_date} ${row.running.amount}`,
    kind: row.kind,
    id: row.id,
    row,
    date: row.date,
    balance: row.running,
  }));
  if (view.style === "open") return rows;
  const opening = { key: "opening", kind: "opening", id: null, row: null };
  return [{ ...opening, date: view.from, balance: view.opening }, ...rows];
}

type Words = TFunction<"students">;

export function statementColumns(t: Words, view: StatementView): GridColumn<Line>[] {
  const place = placesOf(view.rows);
  const moved = view.style === "open" ? openColumns(t) : movedColumns(t, view);
  return [
    {
      id: "date",
      header: t("date"),
      width: 104,
      cell: (line) => (
        <span className="t2">
          <Day of={line.date} />
        </span>
      ),
    },
    {
      id: "what",
      header: t("what"),
      width: 200,
      grow: true,
      cell: (line) => nameOf(t, line, place),
    },
    ...(view.payer_id ? [studentColumn(t)] : []),
    {
      id: "reference",
      header: t("reference"),
      width: 150,
      givesWay: 1,
      cell: (line) => <span className="num t3 clip">{line.row?.reference}</span>,
    },
    {
      id: "due",
      header: t("due_head"),
      width: 96,
      cell: (line) =>
        line.row?.due_date && (
          <span className="t3">
            <Day of={line.row.due_date} />
          </span>
        ),
    },
    ...moved,
    {
      id: "balance",
      header: t("balance"),
      width: 120,
      align: "end",
      sum: <Amount of={view.closing} />,
      cell: (line) => <Amount of={line.balance} look="main" />,
    },
  ];
}

function nameOf(t: Words, line: Line, place: ReturnType<typeof placesOf>) {
  if (line.row === null) return <span className="t2">{t("opening")}</span>;
  return (
    <>
      <Link to={place(line.row)} className={`clip ${s.quiet}`} tabIndex={-1}>
        {t(`row_${line.kind as "invoice"}`, { label: line.row.label })}
      </Link>
      <Foreign of={line.row.foreign} />
    </>
  );
}

/** Whose a row is: a payer's statement is about several students. */
function studentColumn(t: Words): GridColumn<Line> {
  return {
    id: "student",
    header: t("student"),
    width: 152,
    givesWay: 2,
    cell: (line) => <span className="clip">{line.row?.student}</span>,
  };
}

function movedColumns(t: Words, view: StatementView): GridColumn<Line>[] {
  return [
    {
      id: "charged",
      header: t("charged"),
      width: 112,
      align: "end",
      sum: <Amount of={view.charged} />,
      cell: (line) =>
        line.row && !isNegative(line.row.amount) ? <Amount of={line.row.amount} /> : null,
    },
    {
      id: "taken",
      header: t("taken"),
      width: 136,
      align: "end",
      sum: <Amount of={view.taken} />,
      cell: (line) =>
        line.row && isNegative(line.row.amount) ? (
          <span className="t2">
            <Amount of={withoutSign(line.row.amount)} />
          </span>
        ) : null,
    },
  ];
}

function openColumns(t: Words): GridColumn<Line>[] {
  const amount = (of: Money) => <Amount of={of} look={isNegative(of) ? "credit" : "plain"} />;
  return [
    {
      id: "amount",
      header: t("amount"),
      width: 112,
      align: "end",
      cell: (line) => line.row && amount(line.row.amount),
    },
    {
      id: "left",
      header: t("left"),
      width: 120,
      align: "end",
      cell: (line) => line.row && amount(line.row.left),
    },
  ];
}
