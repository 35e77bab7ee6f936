import { Plus } from "lucide-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { MilestoneRow } from "~/ipc/gen/MilestoneRow";
import { useMay } from "~/ipc/session";
import { DataGrid, type GridColumn, useLocalRows } from "~/ui/grid";
import { Amount, Button, EmptyState, Pill, Toolbar } from "~/ui/primitives";
import { useMilestones } from "./api";
import { MilestoneDialog } from "./MilestoneDialog";

const NONE: readonly MilestoneRow[] = [];

function useColumns(): GridColumn<MilestoneRow>[] {
  const { t } = useTranslation("settings");
  return useMemo(() => {
    const before = (row: MilestoneRow) =>
      row.lesson === null
        ? row.service
        : t("before_lesson_number", { lesson: row.lesson, service: row.service }).trim();
    return [
      {
        id: "name",
        header: t("milestone_name"),
        width: 200,
        grow: true,
        isPinned: true,
        cell: (r) => (
          <span className={`clip ${r.active ? "" : "t3"}`} title={r.name}>
            {r.name}
          </span>
        ),
      },
      {
        id: "before",
        header: t("milestone_before"),
        width: 260,
        cell: (r) => (
          <span className="t2 clip" title={before(r)}>
            {before(r)}
          </span>
        ),
      },
      {
        id: "state",
        header: t("in_use"),
        width: 112,
        cell: (r) => (
          <Pill tone={r.active ? "success" : "neutral"} shape={r.active ? "check" : "none"} isQuiet>
            {t(r.active ? "active" : "inactive")}
          </Pill>
        ),
      },
      {
        id: "amount",
        header: t("milestone_amount"),
        width: 136,
        align: "end",
        cell: (r) => <Amount of={r.amount} look={r.active ? "main" : "dim"} />,
      },
    ];
  }, [t]);
}

/** What must be paid before a lesson or a test is booked. */
export function MilestonesPart() {
  const { t } = useTranslation("settings");
  const [edited, setEdited] = useState<MilestoneRow | "new" | null>(null);
  const mayPrice = useMay("price");
  const answer = useMilestones();
  const all = answer.data?.rows ?? NONE;
  const rows = {
    ...useLocalRows(all),
    isLoading: answer.isPending,
    error: answer.error,
    refetch: () => void answer.refetch(),
  };
  const open = (row: MilestoneRow) => mayPrice && setEdited(row);
  const add = mayPrice && (
    <Button variant="primary" icon={Plus} onPress={() => setEdited("new")}>
      {t("new_milestone")}
    </Button>
  );
  return (
    <>
      <Toolbar label={t("tab_milestones")} end={all.length > 0 && add}>
        <span className="t2">{t("milestones_about")}</span>
      </Toolbar>
      <DataGrid
        label={t("tab_milestones")}
        columns={useColumns()}
        rows={rows}
        rowId={(row) => row.id}
        onOpen={open}
        onPeek={open}
        empty={
          <EmptyState kind="first_use" title={t("no_milestones")} action={add || undefined}>
            {t("no_milestones_body")}
          </EmptyState>
        }
        footLead={<span>{t("milestone_count", { count: all.length })}</span>}
      />
      {edited && (
        <MilestoneDialog
          milestone={edited === "new" ? null : edited}
          onClose={() => setEdited(null)}
        />
      )}
    </>
  );
}
