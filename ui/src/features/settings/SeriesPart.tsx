import { FileSpreadsheet, Hash } from "lucide-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { faultOf, faultText } from "~/ipc/errors";
import type { SeriesRow } from "~/ipc/gen/SeriesRow";
import { useRpc, useRpcMutation } from "~/ipc/hooks";
import { DataGrid, useLocalRows } from "~/ui/grid";
import { Button, EmptyState, Note, Toolbar, toast } from "~/ui/primitives";
import { SeriesDialog } from "./SeriesDialog";
import s from "./Settings.module.css";
import { seriesColumns } from "./seriesColumns";

const NONE: readonly SeriesRow[] = [];

/** Every number series, and the proof that none has a gap. */
export function SeriesPart() {
  const { t } = useTranslation("settings");
  const [edited, setEdited] = useState<SeriesRow | null>(null);
  const answer = useRpc("number_series", {});
  const view = answer.data;
  const rows = {
    ...useLocalRows(view?.series ?? NONE),
    isLoading: answer.isPending,
    error: answer.error,
    refetch: () => void answer.refetch(),
  };
  const columns = useMemo(() => seriesColumns(t), [t]);
  const edit = (row: SeriesRow) => row.desk === view?.desk && setEdited(row);
  return (
    <>
      <Toolbar label={t("tab_series")} end={<SaveProof />}>
        {view && (
          <span className="t2">{t(view.gapless ? "series_gapless" : "series_with_gaps")}</span>
        )}
      </Toolbar>
      {view && !view.gapless && <Gaps rows={view.series} />}
      <DataGrid
        label={t("tab_series")}
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        onOpen={edit}
        onPeek={edit}
        empty={<EmptyState kind="first_use" title={t("no_series")} icon={Hash} />}
        footLead={<span>{t("series_count", { count: rows.count })}</span>}
      />
      {edited && view && <SeriesDialog row={edited} view={view} onClose={() => setEdited(null)} />}
    </>
  );
}

/** Which numbers no document bears, and why. */
function Gaps({ rows }: { rows: readonly SeriesRow[] }) {
  const { t } = useTranslation("settings");
  return (
    <div className={s.gaps}>
      <Note tone="danger" title={t("gaps_title")}>
        <ul>
          {rows.flatMap((row) =>
            row.missing.map((gap) => (
              <li key={gap.first}>
                <span className="num">
                  {gap.first === gap.last ? gap.first : `${gap.first} – ${gap.last}`}
                </span>{" "}
                {t(`gap_${gap.why as "unknown"}`, { desk: row.desk })}
              </li>
            )),
          )}
        </ul>
      </Note>
    </div>
  );
}

/** The proof as a file. */
function SaveProof() {
  const { t } = useTranslation("settings");
  const exporting = useRpcMutation("export_series");
  const save = () =>
    exporting.mutate(
      { wish: { inline: false, folder: null } },
      {
        onSuccess: ({ path }) => toast({ text: t("series_exported", { path }) }),
        onError: (thrown) => toast({ text: faultText(faultOf(thrown)), tone: "danger" }),
      },
    );
  return (
    <Button icon={FileSpreadsheet} isBusy={exporting.isPending} onPress={save}>
      {t("series_export")}
    </Button>
  );
}
