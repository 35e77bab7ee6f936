import { i18n } from "~/i18n";
import { rpc } from "~/ipc/client";
import { faultOf, faultText } from "~/ipc/errors";
import type { AgeingItem } from "~/ipc/gen/AgeingItem";
import type { AgeingItems } from "~/ipc/gen/AgeingItems";
import type { AgeingRequest } from "~/ipc/gen/AgeingRequest";
import { useRpc } from "~/ipc/hooks";
import { openFile } from "~/ipc/host";
import { useWindowedRows } from "~/ui/grid";
import { toast } from "~/ui/primitives";
import type { ItemsSearch } from "./items";
import { type AgeBy, idOf } from "./question";

export const useAgeingByPayer = (request: AgeingRequest) =>
  useRpc("ageing_by_payer", request, { keepPrevious: true });

export const useAgeing = (request: AgeingRequest) =>
  useRpc("ageing", request, { keepPrevious: true });

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
