import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Money } from "~/domain/money";
import type { AccountRow } from "~/ipc/gen/AccountRow";
import { DataGrid, useLocalRows } from "~/ui/grid";
import { EmptyState } from "~/ui/primitives";
import { accountColumns } from "./accountColumns";
import { keyOf, placesOf } from "./rows";

interface AccountGridProps {
  /** Oldest first, as the running balance needs them. */
  rows: readonly AccountRow[];
  balance: Money;
  isOpenOnly: boolean;
}

/** The account, newest first; each row opens its document. */
export function AccountGrid({ rows, balance, isOpenOnly }: AccountGridProps) {
  const { t } = useTranslation("students");
  const navigate = useNavigate();
  const newestFirst = useMemo(() => [...rows].reverse(), [rows]);
  const place = useMemo(() => placesOf(rows), [rows]);
  const held = useLocalRows(newestFirst);
  const columns = useMemo(() => {
    const all = accountColumns(t, balance, place);
    // A balance that runs over rows which are not shown would not be understood.
    return isOpenOnly ? all.filter((c) => c.id !== "running") : all.filter((c) => c.id !== "left");
  }, [t, balance, place, isOpenOnly]);
  const open = (row: AccountRow) => void navigate({ to: place(row) });
  return (
    <DataGrid
      label={t(isOpenOnly ? "open_items" : "account")}
      columns={columns}
      rows={held}
      rowId={keyOf}
      onOpen={open}
      onPeek={open}
      empty={
        isOpenOnly ? (
          <EmptyState kind="all_done" title={t("nothing_open")} />
        ) : (
          <EmptyState kind="first_use" title={t("no_account")}>
            {t("no_account_body")}
          </EmptyState>
        )
      }
      footLead={<span>{t("entries", { count: rows.length })}</span>}
    />
  );
}
