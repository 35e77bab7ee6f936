import { useNavigate } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useAddressChange } from "~/app/useAddressChange";
import { useSearchKey } from "~/commands/searchKey";
import { placeOf } from "~/domain/places";
import type { PayerRow } from "~/ipc/gen/PayerRow";
import { DataGrid } from "~/ui/grid";
import { BarSearch, Button, EmptyState, Page, PageHead, Segmented, Toolbar } from "~/ui/primitives";
import { usePayers } from "./api";
import { payerColumns } from "./columns";
import { PayerDialog } from "./PayerDialog";
import { type PayersSearch, payersRoute } from "./routes";

/** Everybody who pays for students. */
export function PayersScreen() {
  const { t } = useTranslation("payers");
  const navigate = useNavigate();
  const { inactive, register, query = "" } = payersRoute.useSearch();
  const rows = usePayers(query, inactive ?? false);
  const columns = useMemo(() => payerColumns(t), [t]);
  const change = useAddressChange<PayersSearch>();
  const ask = (isAsked?: true) => change({ register: isAsked });
  const add = (
    <Button variant="primary" icon={Plus} onPress={() => ask(true)}>
      {t("register")}
    </Button>
  );
  useSearchKey();
  const open = (row: PayerRow) => void navigate({ to: placeOf("payer", row.id) });
  return (
    <Page>
      <PageHead title={t("title")} sub={t("sub")} actions={add} />
      <Toolbar label={t("filters")}>
        <BarSearch
          label={t("search")}
          value={query}
          onChange={(text) => change({ query: text || undefined })}
        />
        <Segmented
          label={t("which")}
          value={inactive ? "all" : "active"}
          options={[
            { id: "active", name: t("active_only") },
            { id: "all", name: t("with_inactive") },
          ]}
          onChange={(id) => change({ inactive: id === "all" || undefined })}
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
          query === "" ? (
            <EmptyState kind="first_use" title={t("first")} action={add}>
              {t("first_body")}
            </EmptyState>
          ) : (
            <EmptyState kind="no_match" title={t("no_match", { query })}>
              {t("no_match_body")}
            </EmptyState>
          )
        }
        footLead={<span>{t("count", { count: rows.count })}</span>}
      />
      {register && <PayerDialog onClose={() => ask()} />}
    </Page>
  );
}
