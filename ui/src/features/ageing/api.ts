import type { QueryClient } from "@tanstack/react-query";
import { i18n } from "~/i18n";
import { rpc } from "~/ipc/client";
import { faultOf, faultText } from "~/ipc/errors";
import type { AgeingAsked } from "~/ipc/gen/AgeingAsked";
import type { AgeingByPayer } from "~/ipc/gen/AgeingByPayer";
import type { AgeingItem } from "~/ipc/gen/AgeingItem";
import type { AgeingItems } from "~/ipc/gen/AgeingItems";
import type { AgeingRequest } from "~/ipc/gen/AgeingRequest";
import type { AgeingStudent } from "~/ipc/gen/AgeingStudent";
import type { AgeingView } from "~/ipc/gen/AgeingView";
import type { Window } from "~/ipc/gen/Window";
import { rpcQuery, useRpc } from "~/ipc/hooks";
import { openFile } from "~/ipc/host";
import {
  firstRows,
  type RowPage,
  useWindowedRows,
  type WindowedRows,
  type WindowedRowsOptions,
} from "~/ui/grid";
import { toast } from "~/ui/primitives";
import { askedOf, type Question, type Shown } from "./asked";
import type { ItemsSearch } from "./items";
import { type AgeBy, type AgeingSearch, idOf } from "./question";

function withPage(question: Question, { query, sort }: Shown, window: Window): AgeingRequest {
  const order = { by: sort.column, descending: sort.direction === "descending" };
  return { ...question, page: { query, order, window } };
}

/** Students by age, a page at a time; the sums of the page are those of all. */
const agesOf = (
  question: Question,
  shown: Shown,
): WindowedRowsOptions<AgeingStudent, AgeingView> => ({
  queryKey: ["ageing", question, shown],
  fetchPage: (offset, limit, signal) =>
    rpc("ageing", withPage(question, shown, { offset, limit }), signal),
});

export const useAgeing = (question: Question, shown: Shown) =>
  useWindowedRows(agesOf(question, shown));

/** Those who are asked to pay, likewise. */
const agesByPayerOf = (
  question: Question,
  shown: Shown,
): WindowedRowsOptions<AgeingAsked, AgeingByPayer> => ({
  queryKey: ["ageing_by_payer", question, shown],
  fetchPage: (offset, limit, signal) =>
    rpc("ageing_by_payer", withPage(question, shown, { offset, limit }), signal),
});

export const useAgeingByPayer = (question: Question, shown: Shown) =>
  useWindowedRows(agesByPayerOf(question, shown));

/** Asks for the rows that an address shows first. */
export const firstAges = (search: AgeingSearch) => async (client: QueryClient) => {
  const { today } = await client.ensureQueryData(rpcQuery("desk_status", {}));
  const tables = await client.ensureQueryData(rpcQuery("school_tables", {}));
  const { question, shown } = askedOf(search, today, tables.ageing_buckets);
  if (search.group === undefined) await firstRows(agesOf(question, shown))(client);
  if (search.group === "payer") await firstRows(agesByPayerOf(question, shown))(client);
};

interface Answered {
  buckets: number[];
}

/** An answer of other limits would stand under wrong heads: it is not shown. */
export function underHeads<R, P extends RowPage<R> & Answered>(
  rows: WindowedRows<R, P>,
  ends: readonly number[],
): { view: P | undefined; rows: WindowedRows<R, P> } {
  if (!rows.page || rows.page.buckets.join() === ends.join()) return { view: rows.page, rows };
  return { view: undefined, rows: { ...rows, count: 0, isLoading: true } };
}

const USUAL: readonly number[] = [30, 60, 90];

/** The limits of the school. */
export const useUsualColumns = (): readonly number[] =>
  useRpc("school_tables", {}).data?.ageing_buckets ?? USUAL;

export const useStudentName = (id: string) => useRpc("find_student", { id }).data?.person.name;

export const usePayerName = (id: string) => useRpc("find_payer", { id }).data?.row.name;

export const useDepartmentName = (id: string) =>
  useRpc("school_tables", {}).data?.departments.find((one) => one.id === id)?.name;

interface ItemsWanted extends Omit<ItemsSearch, "buckets"> {
  as_of: string;
  by: AgeBy;
  ends: readonly number[];
}

/** The rows of a cell, a page at a time. */
export const useItems = ({ as_of, by, ends, ...cell }: ItemsWanted) =>
  useWindowedRows<AgeingItem, AgeingItems>({
    queryKey: ["ageing_items", as_of, by, ends, cell],
    fetchPage: (offset, limit, signal) =>
      rpc(
        "ageing_items",
        {
          as_of,
          by,
          buckets: [...ends],
          column: cell.column ?? null,
          credit: cell.credit ?? false,
          student_id: cell.student ?? null,
          department_id: idOf(cell.department),
          payer_id: idOf(cell.payer),
          window: { offset, limit },
        },
        signal,
      ),
  });

/** One file with what is open of everybody who owes, each from a page of its own. */
export async function openStatements(to: string, department: string | undefined): Promise<void> {
  try {
    const file = await rpc("statement_file", {
      payer_id: null,
      student_ids: [],
      department_id: idOf(department),
      from: null,
      to,
      style: "open",
      format: "pdf",
      wish: { inline: false, folder: null },
    });
    if (!(await openFile(file.path)))
      toast({ tone: "success", text: i18n.t("ageing:statements_lie", { path: file.path }) });
  } catch (thrown) {
    toast({ tone: "danger", text: faultText(faultOf(thrown)) });
  }
}
