import type { TFunction } from "i18next";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { i18n } from "~/i18n";
import type { RunPreviewRow } from "~/ipc/gen/RunPreviewRow";
import { reasonOf } from "~/ui/gate/reasons";
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
      width: 340,
      cell: (r) => <Outcome row={r} />,
    },
  ];
}

/** What becomes of it; behind a red light with the limits that were passed. */
function Outcome({ row }: { row: RunPreviewRow }) {
  const { t } = useTranslation(["charges", "students"]);
  const reasons = row.blocked.map((passed) => reasonOf(i18n.getFixedT(null, "students"), passed));
  const why = reasons.join(" ");
  const isRed = row.blocked.length > 0 && (row.skipped === null || row.skipped === "blocked");
  if (row.skipped === null && !isRed)
    return (
      <Pill tone="success" shape="check" isQuiet>
        {t("ready")}
      </Pill>
    );
  const isByHand = row.skipped === "left_out";
  return (
    <>
      <Pill tone={isByHand ? "neutral" : "warning"} shape={isByHand ? "none" : "warning"} isQuiet>
        {row.skipped === null ? t("behind_red") : whySkipped(row.skipped)}
      </Pill>
      {isRed && (
        <span className="t3 small clip" title={why}>
          {why}
        </span>
      )}
    </>
  );
}
