import { useNavigate } from "@tanstack/react-router";
import { Wallet } from "lucide-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useAddressChange } from "~/app/useAddressChange";
import { placeOf } from "~/domain/places";
import type { PaymentPage } from "~/ipc/gen/PaymentPage";
import type { PaymentRow } from "~/ipc/gen/PaymentRow";
import type { WindowedRows } from "~/ui/grid";
import { useStudentFilter } from "~/ui/list/commonFilters";
import type { Filter, Narrowing } from "~/ui/list/filters";
import { ListScreen } from "~/ui/list/ListScreen";
import { PrintList } from "~/ui/list/PrintList";
import { SelectionBar } from "~/ui/list/SelectionBar";
import { Amount, Button } from "~/ui/primitives";
import { asked, useMethods, usePayments } from "./api";
import { paymentColumns } from "./columns";
import { PaymentPeek } from "./PaymentPeek";
import { type PaymentsSearch, paymentsRoute, STATES } from "./routes";

/** What the payments can be narrowed by. */
function useFilters(address: PaymentsSearch): Filter[] {
  const { t } = useTranslation(["payments", "lists"]);
  const student = useStudentFilter(address);
  const methods = useMethods().map(({ code, name }) => ({ id: code, name }));
  const states = STATES.map((id) => ({ id, name: t(`state_${id}`) }));
  return [
    { id: "period", name: t("received_on"), look: "days", keys: ["from", "to"] },
    {
      id: "amount",
      name: t("amount"),
      look: "amounts",
      keys: ["amount_from", "amount_to"],
    },
    student,
    { id: "method", name: t("method"), look: "choice", keys: ["method"], options: methods },
    { id: "state", name: t("state"), look: "choice", keys: ["state"], options: states },
  ];
}

function useColumns({ page }: WindowedRows<PaymentRow, PaymentPage>) {
  const { t } = useTranslation("payments");
  return useMemo(
    () =>
      paymentColumns(t, {
        amount: page && <Amount of={page.amount} />,
        unallocated: page && <Amount of={page.unallocated} />,
      }),
    [t, page],
  );
}

/** Money received, newest first. */
export function PaymentsScreen() {
  const { t } = useTranslation("payments");
  const navigate = useNavigate();
  const search = paymentsRoute.useSearch();
  const { sort, request } = asked(search);
  const rows = usePayments(request);
  const columns = useColumns(rows);
  const show = (next: PaymentsSearch) =>
    void navigate({ to: "/payments", search: next, replace: true });
  const record = () => void navigate({ to: "/payments/new", search: {} });
  const verb = (
    <Button variant="primary" icon={Wallet} keys="r" onPress={record}>
      {t("record")}
    </Button>
  );
  return (
    <ListScreen
      list="payments"
      title={t("title")}
      sub={t("sub")}
      bar={{ label: t("filters"), search: t("search") }}
      which={{ key: "unallocated", label: t("which"), all: t("all"), narrowed: t("not_allocated") }}
      filters={useFilters(search)}
      actions={
        <>
          <PrintList rows={{ payments: request }} count={rows.count} />
          {verb}
        </>
      }
      rows={rows}
      rowId={(row) => row.id}
      columns={columns}
      address={search}
      sort={sort}
      onNarrow={useAddressChange<Narrowing>()}
      onShow={show}
      onOpen={(row) => void navigate({ to: placeOf("payment", row.id) })}
      peek={(panel) => <PaymentPeek {...panel} />}
      bulk={(selection, select) => (
        <SelectionBar
          selection={selection}
          total={rows.count}
          onSelect={select}
          rows={{ payments: request }}
        />
      )}
      noMatch={{ title: t("no_match"), body: t("no_match_body") }}
      allDone={{ title: t("none_unallocated"), body: t("none_unallocated_body") }}
      firstUse={{ title: t("first"), body: t("first_body"), action: verb }}
      count={t("count", { count: rows.count })}
    />
  );
}
