import type { TFunction } from "i18next";
import { ExternalLink } from "lucide-react";
import { Button as AriaButton } from "react-aria-components";
import { faultOf, faultText } from "~/ipc/errors";
import type { ExportRow } from "~/ipc/gen/ExportRow";
import { openAddress } from "~/ipc/host";
import type { GridColumn } from "~/ui/grid";
import { documentColumn } from "~/ui/list/documentColumn";
import { Amount, Day, ExportPill, Icon, Moment, toast } from "~/ui/primitives";
import s from "./Exports.module.css";

type Words = TFunction<"exports">;

/** What a record is, in a word; the backend's own for one this window does not know. */
export const kindWord = (t: Words, kind: string) =>
  t(`kind_${kind}` as "kind_invoice", { defaultValue: kind });

export const goThere = (url: string) =>
  void openAddress(url).catch((thrown) =>
    toast({ text: faultText(faultOf(thrown)), tone: "danger" }),
  );

export function There({ row, system, t }: { row: ExportRow; system: string; t: Words }) {
  const number = row.external_number;
  if (!number) return null;
  const { url } = row;
  if (!url) return <span className="num">{number}</span>;
  return (
    <AriaButton
      className={s.there}
      aria-label={t("open_there", { number, system })}
      onPress={() => goThere(url)}
    >
      <span className="clip num">{number}</span>
      <Icon of={ExternalLink} size={14} />
    </AriaButton>
  );
}

/** When it goes on, or what it is called there. */
export function Next({ row, system, t }: { row: ExportRow; system: string; t: Words }) {
  if (row.external_number) return <There row={row} system={system} t={t} />;
  switch (row.state) {
    case "sending":
      return t("next_now");
    case "attention":
      return t("next_person");
    case "checking":
      return (
        <span>
          {t("next_lookup")} {row.next_attempt_at && <Moment of={row.next_attempt_at} />}
        </span>
      );
    case "waiting":
      return row.next_attempt_at ? <Moment of={row.next_attempt_at} /> : t("next_soon");
    default:
      return <span className="t3">–</span>;
  }
}

export function exportColumns(
  t: Words,
  systemName: (key: string) => string,
  hasSeveral: boolean,
): GridColumn<ExportRow>[] {
  const system: GridColumn<ExportRow> = {
    id: "system",
    header: t("col_system"),
    width: 120,
    givesWay: 4,
    cell: (r) => <span className="clip t2">{systemName(r.system)}</span>,
  };
  return [
    ...whoseColumns(t),
    ...(hasSeveral ? [system] : []),
    ...whatColumns(t),
    ...stateColumns(t, systemName),
  ];
}

/** Which document, and whose. */
function whoseColumns(t: Words): GridColumn<ExportRow>[] {
  return [
    documentColumn(t("col_document"), (kind) => kindWord(t, kind)),
    {
      id: "student",
      header: t("col_student"),
      width: 132,
      grow: true,
      isSortable: true,
      cell: (r) => (
        <span className="clip" title={r.student}>
          {r.student}
        </span>
      ),
    },
  ];
}

/** How much, and of which day. */
function whatColumns(t: Words): GridColumn<ExportRow>[] {
  return [
    {
      id: "amount",
      header: t("col_amount"),
      width: 100,
      isSortable: true,
      givesWay: 6,
      align: "end",
      cell: (r) => <Amount of={r.amount} />,
    },
    {
      id: "date",
      header: t("col_date"),
      width: 96,
      isSortable: true,
      givesWay: 2,
      cell: (r) => (
        <span className="t2">
          <Day of={r.date} />
        </span>
      ),
    },
  ];
}

/** How far it is, when that last changed, and how it goes on. */
function stateColumns(t: Words, systemName: (key: string) => string): GridColumn<ExportRow>[] {
  return [
    {
      id: "state",
      header: t("col_state"),
      width: 136,
      isSortable: true,
      cell: (r) => <ExportPill status={r.state} />,
    },
    {
      id: "changed_at",
      header: t("col_changed"),
      width: 120,
      isSortable: true,
      givesWay: 3,
      cell: (r) => (
        <span className="t2">
          <Moment of={r.changed_at} />
        </span>
      ),
    },
    {
      id: "attempts",
      header: t("col_attempts"),
      width: 60,
      givesWay: 1,
      align: "end",
      cell: (r) => <span className={r.attempts > 0 ? "num t2" : "num t3"}>{r.attempts}</span>,
    },
    {
      id: "next",
      header: t("col_next"),
      width: 168,
      givesWay: 5,
      cell: (r) => (
        <span className="clip t2">
          <Next row={r} system={systemName(r.system)} t={t} />
        </span>
      ),
    },
  ];
}
