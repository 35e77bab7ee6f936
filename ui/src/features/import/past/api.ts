import { rpc } from "~/ipc/client";
import type { ImportDetail } from "~/ipc/gen/ImportDetail";
import type { ImportedRow } from "~/ipc/gen/ImportedRow";
import { useRpc, useRpcMutation } from "~/ipc/hooks";
import { useWindowedRows, type WindowedRows } from "~/ui/grid";

/** A file without its rows, which come by the page. */
const HEAD = { offset: 0, limit: 1 };

export const useImports = () => useRpc("list_imports", {});
export const useImported = (id: string) => useRpc("find_import", { id, window: HEAD });
export const useTakingBack = (id: string) => useRpc("preview_taking_back", { id });
export const useTakeBack = () => useRpcMutation("take_back_import");

interface Page {
  rows: ImportedRow[];
  total: number;
}

/** What a file brought in, row by row. */
export const useImportedRows = (id: string): WindowedRows<ImportedRow, Page> =>
  useWindowedRows<ImportedRow, Page>({
    queryKey: ["find_import", { id }],
    fetchPage: async (offset, limit, signal) => {
      const window = { offset, limit };
      const { file, rows }: ImportDetail = await rpc("find_import", { id, window }, signal);
      return { rows, total: file.brought };
    },
  });
