import { rpc } from "~/ipc/client";
import type { StudentPage } from "~/ipc/gen/StudentPage";
import type { StudentRow } from "~/ipc/gen/StudentRow";
import { useRpc, useRpcMutation } from "~/ipc/hooks";
import { type SortBy, useWindowedRows } from "~/ui/grid";

const TAGS = "students invoices payments";

export interface StudentsWanted {
  query: string;
  owing: boolean;
  sort: SortBy;
}

/** Students a page at a time, with the sum of all that match. */
export const useStudents = ({ query, owing, sort }: StudentsWanted) =>
  useWindowedRows<StudentRow, StudentPage>({
    queryKey: [TAGS, "list_students", query, owing, sort],
    fetchPage: (offset, limit, signal) =>
      rpc(
        "list_students",
        {
          query,
          owing,
          department_id: null,
          order: { by: sort.column, descending: sort.direction === "descending" },
          window: { offset, limit },
        },
        signal,
      ),
  });

export const useStudent = (id: string) => useRpc(TAGS, "find_student", { id });
export const useAccount = (student_id: string) => useRpc(TAGS, "student_account", { student_id });
export const useDepartments = () => useRpc("school", "school_tables", {}).data?.departments ?? [];
export const useRegister = () => useRpcMutation("register_student");
export const useChange = () => useRpcMutation("change_student");
