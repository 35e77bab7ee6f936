import type { TFunction } from "i18next";
import type { SeriesRow } from "~/ipc/gen/SeriesRow";
import type { GridColumn } from "~/ui/grid";
import { Pill } from "~/ui/primitives";

const counts = new Intl.NumberFormat("nb-NO");
const Dash = () => <span className="t3">–</span>;

/** A series, what was issued from it, and whether anything is missing. */
export function seriesColumns(t: TFunction<"settings">): GridColumn<SeriesRow>[] {
  const count = (
    id: "issued" | "taken_back",
    header: string,
    givesWay?: number,
  ): GridColumn<SeriesRow> => ({
    id,
    header,
    width: 96,
    align: "end",
    givesWay,
    cell: (r) => (r[id] === 0 ? <Dash /> : <span className="num">{counts.format(r[id])}</span>),
  });
  return [
    {
      id: "kind",
      header: t("series_kind"),
      width: 128,
      grow: true,
      isPinned: true,
      cell: (r) => (
        <span className={`clip ${r.current ? "" : "t3"}`}>
          {t(`series_${r.kind as "invoice"}`)}
        </span>
      ),
    },
    { id: "desk", header: t("desk"), width: 72, cell: (r) => <span className="t2">{r.desk}</span> },
    {
      id: "year",
      header: t("year"),
      width: 72,
      cell: (r) => (r.year === null ? <Dash /> : <span className="num t2">{r.year}</span>),
    },
    {
      id: "first",
      header: t("first_number"),
      width: 112,
      givesWay: 2,
      cell: (r) => <span className="num t2 clip">{r.first}</span>,
    },
    {
      id: "last",
      header: t("last_number"),
      width: 112,
      cell: (r) => (r.last ? <span className="num clip">{r.last}</span> : <Dash />),
    },
    {
      id: "next",
      header: t("next_number"),
      width: 112,
      cell: (r) => (r.current ? <span className="num clip">{r.next}</span> : <Dash />),
    },
    count("issued", t("issued_count")),
    count("taken_back", t("taken_back_count"), 1),
    {
      id: "proof",
      header: t("proof"),
      width: 128,
      cell: (r) =>
        r.missing.length === 0 ? (
          <Pill tone="success" shape="check" isQuiet>
            {t("gapless")}
          </Pill>
        ) : (
          <Pill tone="danger" shape="alert">
            {t("gap_count", { count: r.missing.length })}
          </Pill>
        ),
    },
  ];
}
