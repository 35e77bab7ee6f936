import { Link, useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useAddressChange } from "~/app/useAddressChange";
import { placeOf } from "~/domain/places";
import { useDesk } from "~/ipc/desk";
import { DataGrid } from "~/ui/grid";
import { Amount, Day, EmptyState, Page, PageHead, Toolbar } from "~/ui/primitives";
import { useItems, useUsualColumns } from "./api";
import { DepartmentChip, PayerChip, StudentChip } from "./Chips";
import { itemColumns } from "./itemColumns";
import type { ItemsSearch } from "./items";
import { columnName } from "./labels";
import { bucketsFrom, bucketsText } from "./question";
import { itemsRoute } from "./routes";

/** The rows that make a cell of the ageing, as they stood on its day. */
export function ItemsScreen() {
  const { t } = useTranslation("ageing");
  const navigate = useNavigate();
  const search = itemsRoute.useSearch();
  const { today } = useDesk();
  const usual = useUsualColumns();
  const ends = bucketsFrom(search.buckets) ?? usual;
  const asOf = search.as_of ?? today;
  const by = search.by ?? "due";
  const rows = useItems({ ...search, as_of: asOf, by, ends });
  const left = rows.page?.left;
  const columns = useMemo(
    () => itemColumns(t, { asOf, by, isCredit: search.credit ?? false, left }),
    [t, asOf, by, search.credit, left],
  );
  const cell = search.credit
    ? t("credit")
    : search.column === undefined
      ? t("all_open")
      : columnName(t, ends, search.column);
  const change = useAddressChange<ItemsSearch>();
  return (
    <Page>
      <PageHead
        crumb={
          <Link
            to="/ageing"
            search={{ as_of: search.as_of, by: search.by, buckets: bucketsText(ends) }}
          >
            {t("title")}
          </Link>
        }
        title={t("items_title", { cell })}
        badge={left && <Amount of={left} look="strong" withCurrency />}
        sub={
          <>
            {t("as_of")} <Day of={asOf} look="long" />
          </>
        }
      />
      {(search.student || search.department || search.payer) && (
        <Toolbar label={t("narrowed")}>
          {search.student && (
            <StudentChip id={search.student} onRemove={() => change({ student: undefined })} />
          )}
          {search.department && (
            <DepartmentChip
              id={search.department}
              onRemove={() => change({ department: undefined })}
            />
          )}
          {search.payer && (
            <PayerChip id={search.payer} onRemove={() => change({ payer: undefined })} />
          )}
        </Toolbar>
      )}
      <DataGrid
        label={t("items_title", { cell })}
        columns={columns}
        rows={rows}
        rowId={(row) => `${row.kind} ${row.id} ${row.due_date}`}
        onOpen={(row) => void navigate({ to: placeOf(row.kind, row.id) })}
        onPeek={(row) => void navigate({ to: placeOf(row.kind, row.id) })}
        empty={<EmptyState kind="all_done" title={t("no_items")} />}
        footLead={<span>{t("items_count", { count: rows.count })}</span>}
      />
    </Page>
  );
}
