import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useAddressChange } from "~/app/useAddressChange";
import { useSearchKey } from "~/commands/searchKey";
import { goTo, placeOf } from "~/domain/places";
import { DataGrid } from "~/ui/grid";
import { BarSearch, Button, EmptyState, Page, PageHead, Segmented, Toolbar } from "~/ui/primitives";
import { usePlans } from "./api";
import { planColumns } from "./columns";
import { type PlanShelf, type PlansSearch, plansRoute, SHELVES } from "./routes";

/** Payment plans and how they are kept, what needs attention first. */
export function PlansScreen() {
  const { t } = useTranslation("plans");
  const navigate = useNavigate();
  const search = plansRoute.useSearch();
  const shelf = search.shelf ?? "running";
  const rows = usePlans(search.query ?? "", shelf);
  const columns = useMemo(() => planColumns(t), [t]);
  const counts = rows.page?.counts;
  const change = useAddressChange<PlansSearch>();
  const open = (row: { id: string }) => void navigate({ to: placeOf("plan", row.id) });
  const name = (id: PlanShelf) => {
    const count = counts?.[id] ?? 0;
    return count > 0 ? t("shelf_count", { name: t(`shelf_${id}`), count }) : t(`shelf_${id}`);
  };
  useSearchKey();
  return (
    <Page>
      <PageHead title={t("title")} sub={t("sub")} />
      <Toolbar label={t("filters")}>
        <BarSearch
          label={t("search")}
          value={search.query ?? ""}
          onChange={(query) => change({ query: query || undefined })}
        />
        <Segmented<PlanShelf>
          label={t("which")}
          value={shelf}
          options={SHELVES.map((id) => ({ id, name: name(id) }))}
          onChange={(next) => change({ shelf: next === "running" ? undefined : next })}
        />
      </Toolbar>
      <DataGrid
        label={t("title")}
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        onOpen={open}
        onPeek={open}
        empty={
          <Empty
            search={search}
            hasAny={(counts?.all ?? 0) > 0}
            onClear={() => change({ query: undefined, shelf: undefined })}
          />
        }
        footLead={<span>{t("count_plans", { count: rows.count })}</span>}
      />
    </Page>
  );
}

interface EmptyProps {
  search: PlansSearch;
  hasAny: boolean;
  onClear: () => void;
}

function Empty({ search, hasAny, onClear }: EmptyProps) {
  const { t } = useTranslation("plans");
  if (search.query)
    return (
      <EmptyState
        kind="no_match"
        title={t("no_match", { query: search.query })}
        action={<Button onPress={onClear}>{t("clear_search")}</Button>}
      />
    );
  if (hasAny) return <EmptyState kind="all_done" title={t("none_here")} />;
  return (
    <EmptyState
      kind="first_use"
      title={t("first")}
      action={<Button onPress={() => goTo("/students")}>{t("to_students")}</Button>}
    >
      {t("first_body")}
    </EmptyState>
  );
}
