import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useAddressChange } from "~/app/useAddressChange";
import { useDesk } from "~/ipc/desk";
import type { ReportWish } from "~/ipc/gen/ReportWish";
import { underHeads, useAgeing, useUsualColumns } from "./api";
import { askedOf } from "./asked";
import { ageingColumns } from "./columns";
import type { AgeingSearch } from "./question";
import { ageingRoute } from "./routes";

/** The report that the address asks for, with its rows in order. */
export function useAgeingReport() {
  const { t } = useTranslation("ageing");
  const { today } = useDesk();
  const search = ageingRoute.useSearch();
  const usual = useUsualColumns();
  const { asked, question, shown } = useMemo(
    () => askedOf(search, today, usual),
    [search, today, usual],
  );
  const { view, rows } = underHeads(useAgeing(question, shown), asked.ends);
  const columns = useMemo(() => ageingColumns(t, asked, view), [t, asked, view]);
  const change = useAddressChange<AgeingSearch>();
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
    ...shown,
    group,
    department: search.department,
    change,
  };
}
