import { useNavigate } from "@tanstack/react-router";
import { Wallet } from "lucide-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useSearchKey } from "~/commands/searchKey";
import { placeOf } from "~/domain/places";
import type { PaymentRow } from "~/ipc/gen/PaymentRow";
import { DataGrid, type SortBy, sortFrom, sortText } from "~/ui/grid";
import {
  Amount,
  Button,
  EmptyState,
  Page,
  PageHead,
  SearchField,
  Segmented,
  Toolbar,
} from "~/ui/primitives";
import { usePayments } from "./api";
import { paymentColumns } from "./columns";
import s from "./Payments.module.css";
import { type PaymentsSearch, paymentsRoute } from "./routes";

const NEWEST: SortBy = { column: "received_on", direction: "descending" };

/** Money received, newest first. */
export function PaymentsScreen() {
  const { t } = useTranslation("payments");
  const navigate = useNavigate();
  const search = paymentsRoute.useSearch();
  const sort = sortFrom(search.sort, NEWEST);
  const query = search.query ?? "";
  const rows = usePayments({ query, unallocated: search.unallocated ?? false, sort });
  const change = (next: Partial<PaymentsSearch>) =>
    void navigate({ to: "/payments", search: { ...search, ...next }, replace: true });
  const open = (row: PaymentRow) => void navigate({ to: placeOf("payment", row.id) });
  const record = () => void navigate({ to: "/payments/new", search: {} });
  const { page } = rows;
  const columns = useMemo(
    () =>
      paymentColumns(t, {
        amount: page && <Amount of={page.amount} />,
        unallocated: page && <Amount of={page.unallocated} />,
      }),
    [t, page],
  );
  useSearchKey();
  const empty = search.query ? (
    <EmptyState
      kind="no_match"
      title={t("no_match", { query: search.query })}
      action={
        <Button onPress={() => change({ query: undefined, unallocated: undefined })}>
          {t("clear_filters")}
        </Button>
      }
    />
  ) : search.unallocated ? (
    <EmptyState kind="all_done" title={t("none_unallocated")}>
      {t("none_unallocated_body")}
    </EmptyState>
  ) : (
    <EmptyState
      kind="first_use"
      title={t("first")}
      action={
        <Button variant="primary" icon={Wallet} onPress={record}>
          {t("record")}
        </Button>
      }
    >
      {t("first_body")}
    </EmptyState>
  );
  return (
    <Page>
      <PageHead
        title={t("title")}
        sub={t("sub")}
        actions={
          <Button variant="primary" icon={Wallet} keys="r" onPress={record}>
            {t("record")}
          </Button>
        }
      />
      <Toolbar label={t("filters")}>
        <div className={s.search}>
          <SearchField
            label={t("search")}
            placeholder={t("search")}
            value={query}
            onChange={(text) => change({ query: text || undefined })}
          />
        </div>
        <Segmented
          label={t("which")}
          value={search.unallocated ? "unallocated" : "all"}
          options={[
            { id: "all", name: t("all") },
            { id: "unallocated", name: t("not_allocated") },
          ]}
          onChange={(id) => change({ unallocated: id === "unallocated" || undefined })}
        />
      </Toolbar>
      <DataGrid
        label={t("title")}
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        sort={sort}
        onSort={(next) => change({ sort: sortText(next) })}
        onOpen={open}
        onPeek={open}
        empty={empty}
        footLead={<span>{t("count", { count: rows.count })}</span>}
      />
    </Page>
  );
}
