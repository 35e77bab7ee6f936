import { useNavigate } from "@tanstack/react-router";
import { Wallet } from "lucide-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useSearchKey } from "~/commands/searchKey";
import { placeOf } from "~/domain/places";
import { type SortBy, sortFrom } from "~/ui/grid";
import { ListScreen } from "~/ui/list/ListScreen";
import { Amount, Button } from "~/ui/primitives";
import { usePayments } from "./api";
import { paymentColumns } from "./columns";
import { paymentsRoute } from "./routes";

const NEWEST: SortBy = { column: "received_on", direction: "descending" };

/** Money received, newest first. */
export function PaymentsScreen() {
  const { t } = useTranslation("payments");
  const navigate = useNavigate();
  const { unallocated, ...search } = paymentsRoute.useSearch();
  const sort = sortFrom(search.sort, NEWEST);
  const query = search.query ?? "";
  const rows = usePayments({ query, unallocated: unallocated ?? false, sort });
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
  const record = () => void navigate({ to: "/payments/new", search: {} });
  return (
    <ListScreen
      title={t("title")}
      sub={t("sub")}
      bar={{
        label: t("filters"),
        search: t("search"),
        which: t("which"),
        all: t("all"),
        narrowed: t("not_allocated"),
      }}
      actions={
        <Button variant="primary" icon={Wallet} keys="r" onPress={record}>
          {t("record")}
        </Button>
      }
      rows={rows}
      rowId={(row) => row.id}
      columns={columns}
      address={{ ...search, isNarrowed: unallocated }}
      sort={sort}
      onNavigate={({ isNarrowed, ...next }) =>
        void navigate({
          to: "/payments",
          search: { ...next, unallocated: isNarrowed },
          replace: true,
        })
      }
      onOpen={(row) => void navigate({ to: placeOf("payment", row.id) })}
      noMatch={{ title: t("no_match", { query }) }}
      allDone={{ title: t("none_unallocated"), body: t("none_unallocated_body") }}
      firstUse={{
        title: t("first"),
        body: t("first_body"),
        action: (
          <Button variant="primary" icon={Wallet} onPress={record}>
            {t("record")}
          </Button>
        ),
      }}
      count={t("count", { count: rows.count })}
    />
  );
}
