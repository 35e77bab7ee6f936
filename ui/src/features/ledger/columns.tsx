import type { TFunction } from "i18next";
import { isZero } from "~/domain/money";
import type { JournalEntry } from "~/ipc/gen/JournalEntry";
import type { LedgerAccountView } from "~/ipc/gen/LedgerAccountView";
import type { TrialBalanceView } from "~/ipc/gen/TrialBalanceView";
import type { TrialRow } from "~/ipc/gen/TrialRow";
import type { GridColumn } from "~/ui/grid";
import { causeWord } from "~/ui/journal/words";
import { Amount, Day, Pill } from "~/ui/primitives";

const Dash = () => <span className="t3">–</span>;

/** The accounts of one side, in the order of the entry. */
const side = (entry: JournalEntry, which: "debit" | "credit") => [
  ...new Set(entry.postings.filter((line) => line[which]).map((line) => line.account)),
];

const accounts = (entry: JournalEntry, which: "debit" | "credit") => {
  const numbers = side(entry, which).join(", ");
  return (
    <span className="num t2 clip" title={numbers}>
      {numbers}
    </span>
  );
};

/** What happened, on which accounts, and how much. */
export function journalColumns(t: TFunction<"ledger">): GridColumn<JournalEntry>[] {
  return [
    {
      id: "on",
      header: t("day"),
      width: 100,
      cell: (r) => (
        <span className="t2">
          <Day of={r.on} />
        </span>
      ),
    },
    {
      id: "cause",
      header: t("what"),
      width: 168,
      cell: (r) => <span className="clip">{causeWord(r.cause)}</span>,
    },
    {
      id: "label",
      header: t("label"),
      width: 128,
      cell: (r) => (
        <span className="num t2 clip" title={r.label}>
          {r.label || <Dash />}
        </span>
      ),
    },
    {
      id: "student",
      header: t("student"),
      width: 128,
      grow: true,
      cell: (r) => (
        <span className="clip" title={r.student}>
          {r.student}
        </span>
      ),
    },
    { id: "debit", header: t("debit"), width: 88, cell: (r) => accounts(r, "debit") },
    {
      id: "credit",
      header: t("credit"),
      width: 136,
      givesWay: 1,
      cell: (r) => accounts(r, "credit"),
    },
    {
      id: "total",
      header: t("amount"),
      width: 112,
      align: "end",
      cell: (r) => <Amount of={r.total} look="main" />,
    },
  ];
}

const figure = (of: TrialRow["debit"]) => (isZero(of) ? <Dash /> : <Amount of={of} />);

/** Each account over a period, and what the columns come to. */
export function balanceColumns(
  t: TFunction<"ledger">,
  sums: TrialBalanceView | undefined,
): GridColumn<TrialRow>[] {
  const column = (id: "opening" | "debit" | "credit" | "closing"): GridColumn<TrialRow> => ({
    id,
    header: t(id),
    width: 128,
    align: "end",
    sum: sums && <Amount of={sums[id]} />,
    cell: (r) => (id === "closing" ? <Amount of={r.closing} look="main" /> : figure(r[id])),
  });
  return [
    {
      id: "account",
      header: t("account"),
      width: 88,
      isPinned: true,
      cell: (r) => <span className="num t2">{r.account}</span>,
    },
    {
      id: "name",
      header: t("name"),
      width: 200,
      grow: true,
      cell: (r) => (
        <span className="clip" title={r.name}>
          {r.name || <span className="t3">{t("not_in_chart")}</span>}
        </span>
      ),
    },
    {
      id: "kind",
      header: t("kind"),
      width: 104,
      givesWay: 1,
      cell: (r) => <span className="t2 clip">{kindWord(t, r.kind)}</span>,
    },
    column("opening"),
    column("debit"),
    column("credit"),
    column("closing"),
  ];
}

export const KINDS = ["asset", "liability", "equity", "income", "expense"] as const;

export function kindWord(t: TFunction<"ledger">, kind: string) {
  const known = KINDS.find((one) => one === kind);
  return known ? t(`kind_${known}`) : "–";
}

/** The chart: number, name, and whether anything stands on an account. */
export function chartColumns(t: TFunction<"ledger">): GridColumn<LedgerAccountView>[] {
  const dim = (row: LedgerAccountView) => (row.active ? "" : "t3");
  return [
    {
      id: "number",
      header: t("account"),
      width: 88,
      isPinned: true,
      cell: (r) => <span className={`num ${dim(r) || "t2"}`}>{r.number}</span>,
    },
    {
      id: "name",
      header: t("name"),
      width: 240,
      grow: true,
      cell: (r) => (
        <span className={`clip ${dim(r)}`} title={r.name}>
          {r.name || <span className="t3">{t("not_in_chart")}</span>}
        </span>
      ),
    },
    {
      id: "kind",
      header: t("kind"),
      width: 120,
      cell: (r) => <span className="t2 clip">{r.known ? kindWord(t, r.kind) : "–"}</span>,
    },
    {
      id: "ruled",
      header: t("ruled"),
      width: 136,
      givesWay: 1,
      cell: (r) => (r.ruled ? <span className="t2">{t("yes")}</span> : <Dash />),
    },
    {
      id: "used",
      header: t("in_use"),
      width: 104,
      cell: (r) => {
        if (!r.active)
          return (
            <Pill tone="neutral" shape="draft" isQuiet>
              {t("not_offered")}
            </Pill>
          );
        return r.used ? <span className="t2">{t("yes")}</span> : <Dash />;
      },
    },
  ];
}
