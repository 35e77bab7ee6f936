import { i18n } from "~/i18n";
import { rpc } from "~/ipc/client";
import { faultOf, faultText } from "~/ipc/errors";
import type { ListStudents } from "~/ipc/gen/ListStudents";
import type { StudentPage } from "~/ipc/gen/StudentPage";
import type { StudentRow } from "~/ipc/gen/StudentRow";
import { useRpc, useRpcMutation } from "~/ipc/hooks";
import { chooseFolder, openFile } from "~/ipc/host";
import { type SortBy, sortFrom, useWindowedRows, type WindowedRowsOptions } from "~/ui/grid";
import { toast } from "~/ui/primitives";
import type { StudentsSearch } from "./routes";

const BY_NAME: SortBy = { column: "name", direction: "ascending" };

export interface StudentsWanted {
  query: string;
  owing: boolean;
  department: string | null;
  sort: SortBy;
}

/** What an address asks for; by name, unless it says otherwise. */
export const wantedOf = (search: StudentsSearch): StudentsWanted => ({
  query: search.query ?? "",
  owing: search.owing ?? false,
  department: search.department ?? null,
  sort: sortFrom(search.sort, BY_NAME),
});

/** What the list asks for, whichever of its pages. */
export const studentsRequest = (wanted: StudentsWanted): ListStudents => ({
  query: wanted.query,
  owing: wanted.owing,
  department_id: wanted.department,
  order: { by: wanted.sort.column, descending: wanted.sort.direction === "descending" },
  window: { offset: 0, limit: 0 },
});

/** Students a page at a time, with the sum of all that match. */
export const studentsOf = (
  wanted: StudentsWanted,
): WindowedRowsOptions<StudentRow, StudentPage> => ({
  queryKey: ["list_students", wanted],
  fetchPage: (offset, limit, signal) =>
    rpc("list_students", { ...studentsRequest(wanted), window: { offset, limit } }, signal),
});

export const useStudents = (wanted: StudentsWanted) => useWindowedRows(studentsOf(wanted));

export const useStudent = (id: string, options?: { keepPrevious?: boolean }) =>
  useRpc("find_student", { id }, options);
export const useAccount = (student_id: string, options?: { keepPrevious?: boolean }) =>
  useRpc("student_account", { student_id }, options);
export const useDepartments = () => useRpc("school_tables", {}).data?.departments ?? [];
export const useRegister = () => useRpcMutation("register_student");
export const useErasure = (id: string) => useRpc("student_erasure", { id });
export const useErase = () => useRpcMutation("erase_person");

/** Writes all that is known of a person into a folder that somebody chooses. */
export async function handOut(id: string): Promise<void> {
  try {
    const folder = await chooseFolder();
    if (folder === undefined) return;
    const made = await rpc("export_person", { id, folder });
    toast({
      text: i18n.t("students:handed_out", { path: made.folder }),
      action: { label: i18n.t("invoices:paper_open"), onPress: () => void openFile(made.index) },
    });
  } catch (thrown) {
    toast({ tone: "danger", text: faultText(faultOf(thrown)) });
  }
}

export const useChange = () => useRpcMutation("change_student");
export const usePayersOf = (student_id: string) => useRpc("student_payers", { student_id });
export const useSavePayers = () => useRpcMutation("save_student_payers");
