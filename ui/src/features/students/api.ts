import { rpc } from "~/ipc/client";
import type { ListStudents } from "~/ipc/gen/ListStudents";
import type { StudentPage } from "~/ipc/gen/StudentPage";
import type { StudentRow } from "~/ipc/gen/StudentRow";
import { useRpc, useRpcMutation } from "~/ipc/hooks";
import { type SortBy, useWindowedRows } from "~/ui/grid";

const TAGS = "students invoices payments";

export interface StudentsWanted {
  query: string;
  owing: boolean;
  department: string | null;
  sort: SortBy;
}

/** What the list asks for, whichever of its pages. */
export const studentsRequest = (wanted: StudentsWanted): ListStudents => ({
  query: wanted.query,
  owing: wanted.owing,
  department_id: wanted.department,
  order: { by: wanted.sort.column, descending: wanted.sort.direction === "descending" },
  window: { offset: 0, limit: 0 },
});

/** Students a page at a time, with the sum of all that match. */
export const useStudents = (wanted: StudentsWanted) =>
  useWindowedRows<StudentRow, StudentPage>({
    queryKey: [TAGS, "list_students", wanted],
    fetchPage: (offset, limit, signal) =>
      rpc("list_students", { ...studentsRequest(wanted), window: { offset, limit } }, signal),
  });

export const useStudent = (id: string, options?: { keepPrevious?: boolean }) =>
  useRpc(TAGS, "find_student", { id }, options);
export const useAccount = (student_id: string, options?: { keepPrevious?: boolean }) =>
  useRpc(TAGS, "student_account", { student_id }, options);
export const useDepartments = () => useRpc("school", "school_tables", {}).data?.departments ?? [];
export const useRegister = () => useRpcMutation("register_student");
export const useChange = () => useRpcMutation("change_student");
export const usePayersOf = (student_id: string) =>
  useRpc("payers students", "student_payers", { student_id });
export const useSavePayers = () => useRpcMutation("save_student_payers");
