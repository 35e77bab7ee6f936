import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "~/ipc/desk";
import type { ReportWish } from "~/ipc/gen/ReportWish";
import { type SortBy, sortFrom } from "~/ui/grid";
import { LARGEST, underHeads, useAgeing, useColumns } from "./api";
import { type Asked, ageingColumns } from "./columns";
import { type AgeingSearch, bucketsFrom, idOf } from "./question";
import { ageingRoute } from "./routes";

const NAMED = ["name", "credit", "balance"];

/** A column that these limits do not have cannot be sorted by. */
function sortAmong(sort: SortBy, ages: number): SortBy {
  const age = /^age(\d+)$/.exec(sort.column)?.[1];
  const isThere = age === undefined ? NAMED.includes(sort.column) : Number(age) < ages;
  return isThere ? sort : LARGEST;
}

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
  const sort = useMemo(
    () => sortAmong(sortFrom(search.sort, LARGEST), limits.length + 2),
    [search.sort, limits],
  );
  const query = search.query ?? "";
  const { as_of, by, ends } = asked;
  const department_id = idOf(search.department);
  const question = { as_of, by, buckets: [...ends], department_id };
  const { view, rows } = underHeads(useAgeing(question, { query, sort }), ends);
  const columns = useMemo(() => ageingColumns(t, asked, view), [t, asked, view]);
  const change = (next: Partial<AgeingSearch>) =>
    void navigate({ to: "/ageing", search: { ...search, ...next }, replace: true });
  const group = search.group;
  /** All of it, whatever is searched for: the sums of a file are those of the school. */
  const asFile = (): ReportWish => ({
    ageing: {
      asked: { ...question, page: null },
      group: group ?? "student",
    },
  });
  return {
    asFile,
    asked,
    question,
    view,
    rows,
    columns,
    sort,
    query,
    group,
    department: search.department,
    change,
  };
}
