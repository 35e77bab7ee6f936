import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useAddressChange } from "~/app/useAddressChange";
import { formatMoney, isZero } from "~/domain/money";
import { goTo } from "~/domain/places";
import type { PackagePage } from "~/ipc/gen/PackagePage";
import { type SortBy, sortFrom } from "~/ui/grid";
import { useDepartmentFilter } from "~/ui/list/commonFilters";
import type { Choice, Narrowing } from "~/ui/list/filters";
import { ListScreen, type Shelves } from "~/ui/list/ListScreen";
import { PrintList } from "~/ui/list/PrintList";
import { Amount, Button } from "~/ui/primitives";
import { packagesRequest, usePackageRows, wantedFrom } from "./api";
import { packageColumns } from "./columns";
import { PackagePeek } from "./PackagePeek";
import { PackagesBulk } from "./PackagesBulk";
import { type PackagesSearch, packagesRoute, SHELVES, WITHIN_DAYS } from "./routes";

/** What ends first comes first. */
const FIRST_TO_END: SortBy = { column: "valid_until", direction: "ascending" };

/** The parts of the list, with how many need to be looked at. */
function useShelves(page: PackagePage | undefined): Shelves {
  const { t } = useTranslation("packages");
  const counts = page?.counts;
  const name = (id: (typeof SHELVES)[number]) => {
    const count = counts?.[id] ?? 0;
    const isTold = count > 0 && (id === "expiring" || id === "expired");
    return isTold ? t("shelf_count", { name: t(`shelf_${id}`), count }) : t(`shelf_${id}`);
  };
  return {
    key: "shelf",
    label: t("which"),
    usual: "active",
    options: SHELVES.map((id) => ({ id, name: name(id) })),
    hasAny: (counts?.all ?? 0) > 0,
  };
}

/** How far ahead, where that is what is asked. */
function useWithin(search: PackagesSearch): readonly Choice[] {
  const { t } = useTranslation("packages");
  if (search.shelf !== "expiring") return [];
  const options = WITHIN_DAYS.map((days) => ({ id: days, name: t("days_ahead", { days }) }));
  return [{ id: "within", name: t("within"), look: "choice", keys: ["within"], options }];
}

/** Every package of the school: what students have bought ahead, and what that is worth. */
export function PackagesScreen() {
  const { t } = useTranslation("packages");
  const navigate = useNavigate();
  const search = packagesRoute.useSearch();
  const wanted = wantedFrom(search, sortFrom(search.sort, FIRST_TO_END));
  const rows = usePackageRows(wanted);
  const shelves = useShelves(rows.page);
  const filters = [...useWithin(search), ...useDepartmentFilter()];
  const show = (next: PackagesSearch) =>
    void navigate({ to: "/packages", search: next, replace: true });
  const { owed, lapsed } = rows.page ?? {};
  const isLapsed = wanted.shelf === "expired";
  const sum = isLapsed ? lapsed : owed;
  const columns = useMemo(() => packageColumns(t, sum && <Amount of={sum} />), [t, sum]);
  const count = t("count_packages", { count: rows.count });
  const told = owed && !isLapsed ? t("owed_in_all", { amount: formatMoney(owed) }) : undefined;
  const gone = lapsed && !isZero(lapsed) && t("lapsed_in_all", { amount: formatMoney(lapsed) });
  return (
    <ListScreen
      list="packages"
      title={t("title")}
      sub={t("list_sub")}
      bar={{ label: t("filters"), search: t("search") }}
      shelves={shelves}
      filters={filters}
      actions={<PrintList rows={{ packages: packagesRequest(wanted) }} count={rows.count} />}
      rows={rows}
      rowId={(row) => row.id}
      columns={columns}
      address={search}
      sort={wanted.sort}
      onNarrow={useAddressChange<Narrowing>()}
      onShow={show}
      onOpen={(row) => goTo(`/students/${row.student_id}?tab=packages`)}
      peek={(panel) => <PackagePeek {...panel} />}
      bulk={(selection, select) => (
        <PackagesBulk
          selection={selection}
          total={rows.count}
          request={packagesRequest(wanted)}
          onSelect={select}
        />
      )}
      noMatch={{ title: t("no_match"), body: t("no_match_body") }}
      allDone={{ title: t("none_here") }}
      firstUse={{
        title: t("first"),
        body: t("first_body"),
        action: <Button onPress={() => goTo("/settings?tab=prices")}>{t("to_price_list")}</Button>,
      }}
      count={[count, told, gone].filter(Boolean).join(" · ")}
    />
  );
}
