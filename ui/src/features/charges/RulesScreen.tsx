import { Link } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ChargeRuleRow } from "~/ipc/gen/ChargeRuleRow";
import { DataGrid, type GridColumn, useLocalRows } from "~/ui/grid";
import { Amount, Button, Day, EmptyState, Page, PageHead, Pill } from "~/ui/primitives";
import { useRules } from "./api";
import { RuleDialog } from "./RuleDialog";

const NONE: readonly ChargeRuleRow[] = [];

/** What each kind of event costs, and from when. */
export function RulesScreen() {
  const { t } = useTranslation("charges");
  const answer = useRules();
  const [isAdding, setAdding] = useState(false);
  const rows = {
    ...useLocalRows(answer.data?.rows ?? NONE),
    isLoading: answer.isPending,
    error: answer.error,
    refetch: () => void answer.refetch(),
  };
  const columns = useMemo<GridColumn<ChargeRuleRow>[]>(
    () => [
      {
        id: "event",
        header: t("event"),
        width: 176,
        cell: (r) => <span className="medium">{t(`kind_${r.event as "attended"}`)}</span>,
      },
      {
        id: "service",
        header: t("service"),
        width: 176,
        grow: true,
        cell: (r) => (
          <span className={r.service ? "clip" : "t2 clip"}>{r.service || t("every_service")}</span>
        ),
      },
      {
        id: "valid_from",
        header: t("valid_from"),
        width: 120,
        cell: (r) =>
          r.valid_from ? <Day of={r.valid_from} /> : <span className="t3">{t("usual")}</span>,
      },
      { id: "effect", header: t("costs"), width: 168, cell: (r) => <Effect row={r} /> },
      {
        id: "in_force",
        header: t("state"),
        width: 120,
        cell: (r) =>
          r.in_force ? (
            <Pill tone="success" shape="check" isQuiet>
              {t("in_force")}
            </Pill>
          ) : null,
      },
    ],
    [t],
  );
  const edit = () => setAdding(true);
  return (
    <Page>
      <PageHead
        crumb={<Link to="/charges">{t("title")}</Link>}
        title={t("rules")}
        sub={t("rules_sub")}
        actions={
          <Button variant="primary" icon={Plus} onPress={edit}>
            {t("new_rule")}
          </Button>
        }
      />
      <DataGrid
        label={t("rules")}
        columns={columns}
        rows={rows}
        rowId={(row) => `${row.event} ${row.service_id ?? ""} ${row.valid_from ?? ""}`}
        empty={<EmptyState kind="first_use" title={t("rules")} />}
        footLead={<span>{t("rules_note")}</span>}
      />
      {isAdding && <RuleDialog onClose={() => setAdding(false)} />}
    </Page>
  );
}

function Effect({ row }: { row: ChargeRuleRow }) {
  const { t } = useTranslation("charges");
  if (row.fee) return <Amount of={row.fee} />;
  if (row.percent !== null) return <span>{t("part", { percent: row.percent })}</span>;
  return <span>{t(`effect_${row.effect as "full"}`)}</span>;
}
