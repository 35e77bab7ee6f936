import type { TFunction } from "i18next";
import type { ReactNode } from "react";
import type { RunPreviewRow } from "~/ipc/gen/RunPreviewRow";
import type { GridColumn } from "~/ui/grid";
import { Amount, Pill } from "~/ui/primitives";
import { whySkipped } from "./skips";

/** What each invoice of a run will be, or why it will be none. */
export function previewColumns(
  t: TFunction<"charges">,
  sum: ReactNode,
): GridColumn<RunPreviewRow>[] {
  return [
    {
      id: "student_number",
      header: t("number"),
      width: 76,
      givesWay: 2,
      cell: (r) => <span className="num t2">{r.student_number}</span>,
    },
    {
      id: "student",
      header: t("student"),
      width: 176,
      cell: (r) => (
        <span className="clip" title={r.student}>
          {r.student}
        </span>
      ),
    },
    {
      id: "lines",
      header: t("lines"),
      width: 160,
      grow: true,
      cell: (r) => {
        const text = r.lines.map((line) => line.description).join(" · ");
        return (
          <span className="t2 clip" title={text}>
            {text}
          </span>
        );
      },
    },
    {
      id: "department",
      header: t("department"),
      width: 104,
      givesWay: 1,
      cell: (r) => <span className="t2 clip">{r.department || <span className="t3">–</span>}</span>,
    },
    {
      id: "gross",
      header: t("total"),
      width: 120,
      align: "end",
      sum,
      cell: (r) => (r.gross ? <Amount of={r.gross} look="main" /> : <span className="t3">–</span>),
    },
    {
      id: "skipped",
      header: t("outcome"),
      width: 220,
      cell: (r) => <Outcome row={r} ready={t("ready")} />,
    },
  ];
}

function Outcome({ row, ready }: { row: RunPreviewRow; ready: string }) {
  if (row.skipped === null)
    return (
      <Pill tone="success" shape="check" isQuiet>
        {ready}
      </Pill>
    );
  const isByHand = row.skipped === "left_out";
  return (
    <Pill tone={isByHand ? "neutral" : "warning"} shape={isByHand ? "none" : "warning"} isQuiet>
      {whySkipped(row.skipped)}
    </Pill>
  );
}
