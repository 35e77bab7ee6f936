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
  type RowPage,
  readFirstRows,
  type SortBy,
  useWindowedRows,
  type WindowedRows,
  type WindowedRowsOptions,
} from "~/ui/grid";
import { toast } from "~/ui/primitives";
import type { ItemsSearch } from "./items";
import { type AgeBy, idOf } from "./question";

/** An ageing without its rows. */
export type Question = Omit<AgeingRequest, "page">;

/** Who owes most stands first, unless the address says otherwise. */
export const LARGEST: SortBy = { column: "balance", direction: "descending" };

/** Which rows are shown, in which order. */
export interface Shown {
  query: string;
  sort: SortBy;
}

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

/** Reads what the screen shows when nothing is asked of it. */
export async function readAgeingAhead(client: QueryClient): Promise<void> {
  const { today } = await client.ensureQueryData(rpcQuery("desk_status", {}));
  const { ageing_buckets } = await client.ensureQueryData(rpcQuery("school_tables", {}));
  const question = {
    as_of: today,
    by: "due",
    buckets: ageing_buckets,
    department_id: null,
  } as const;
  await readFirstRows(client, agesOf(question, { query: "", sort: LARGEST }));
}

/** Those who are asked to pay, likewise. */
export const useAgeingByPayer = (question: Question, shown: Shown) =>
  useWindowedRows<AgeingAsked, AgeingByPayer>({
    queryKey: ["ageing_by_payer", question, shown],
    fetchPage: (offset, limit, signal) =>
      rpc("ageing_by_payer", withPage(question, shown, { offset, limit }), signal),
  });

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

/** The limits that are asked for, or those of the school. */
export function useColumns(asked: readonly number[] | null): readonly number[] {
  const tables = useRpc("school_tables", {}).data;
  return asked ?? tables?.ageing_buckets ?? USUAL;
}

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
