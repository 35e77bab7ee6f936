import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "~/ipc/desk";
import type { AgeingStudent } from "~/ipc/gen/AgeingStudent";
import type { ReportWish } from "~/ipc/gen/ReportWish";
import { type SortBy, sortFrom, useLocalRows } from "~/ui/grid";
import { useAgeing, useColumns } from "./api";
import { type Asked, ageingColumns } from "./columns";
import { type AgeingSearch, bucketsFrom, idOf } from "./question";
import { ageingRoute } from "./routes";
import { sorted } from "./sorted";

const LARGEST: SortBy = { column: "balance", direction: "descending" };
const NONE: readonly AgeingStudent[] = [];

/** The report that the address asks for, with its rows in order. */
export function useAgeingReport() {
  const { t } = useTranslation("ageing");
  const navigate = useNavigate();
  const { today } = useDesk();
  const search = ageingRoute.useSearch();
  const chosen = useMemo(() => bucketsFrom(search.buckets), [search.buckets]);
  const limits = useColumns(chosen);
  const asked: Asked = useMemo(
    () => ({
      as_of: search.as_of ?? today,
      by: search.by ?? "due",
      ends: limits,
      department: search.department,
    }),
    [search.as_of, search.by, search.department, limits, today],
  );
  const sort = useMemo(() => sortFrom(search.sort, LARGEST), [search.sort]);
  const query = search.query ?? "";
  const { as_of, by, ends } = asked;
  const department_id = idOf(search.department);
  const request = { as_of, by, buckets: [...ends], department_id };
  const answer = useAgeing(request);
  // An answer of other limits would stand under wrong heads.
  const view = answer.data?.buckets.join() === ends.join() ? answer.data : undefined;
  const inOrder = useMemo(() => sorted(view?.rows ?? NONE, query, sort), [view, query, sort]);
  const columns = useMemo(() => ageingColumns(t, asked, view), [t, asked, view]);
  const rows = {
    ...useLocalRows(inOrder),
    isLoading: answer.isPending,
    error: view ? null : answer.error,
    refetch: () => void answer.refetch(),
  };
  const change = (next: Partial<AgeingSearch>) =>
    void navigate({ to: "/ageing", search: { ...search, ...next }, replace: true });
  const isLoading = answer.isPending;
  const group = search.group;
  /** All of it, whatever is searched for: the sums of a file are those of the school. */
  const asFile = (): ReportWish => ({
    ageing: {
      asked: request,
      group: group ?? "student",
    },
  });
  return {
    asFile,
    asked,
    request,
    view,
    rows,
    columns,
    sort,
    query,
    group,
    department: search.department,
    isLoading,
    change,
  };
}
