import { useTranslation } from "react-i18next";
import { formatMoney } from "~/domain/money";
import { rpc } from "~/ipc/client";
import { useRpc } from "~/ipc/hooks";
import { payerChoices } from "../payers";
import type { ComboOption } from "../primitives";
import { type Choice, type Found, valueAt } from "./filters";

/** Students by name or number, with what each owes. */
export async function findStudents(query: string, signal: AbortSignal): Promise<ComboOption[]> {
  const page = await rpc(
    "list_students",
    {
      query,
      department_id: null,
      owing: false,
      order: null,
      window: { offset: 0, limit: 20 },
    },
    signal,
  );
  return page.rows.map((row) => ({
    id: row.id,
    name: row.name,
    code: row.number,
    price: formatMoney(row.balance),
  }));
}

/** A list narrowed to one student, whose id stands in the address under a key. */
export function useStudentFilter(address: object, key = "student"): Found {
  const { t } = useTranslation("lists");
  const id = valueAt(address, key);
  const found = useRpc("find_student", { id: id ?? "" }, { enabled: id !== undefined });
  return {
    id: "student",
    name: t("student"),
    look: "found",
    keys: [key],
    load: findStudents,
    placeholder: t("student_hint"),
    shown: found.data?.person.name,
  };
}

/** A list narrowed to what one payer is asked for. */
export function usePayerFilter(address: object): Found {
  const { t } = useTranslation("lists");
  const id = valueAt(address, "payer");
  const found = useRpc("find_payer", { id: id ?? "" }, { enabled: id !== undefined });
  return {
    id: "payer",
    name: t("payer"),
    look: "found",
    keys: ["payer"],
    load: payerChoices,
    placeholder: t("student_hint"),
    shown: found.data?.row.name,
  };
}

/** A list narrowed to one department; nothing to choose where the school has at most one. */
export function useDepartmentFilter(): readonly Choice[] {
  const { t } = useTranslation("lists");
  const departments = useRpc("school_tables", {}).data?.departments ?? [];
  if (departments.length < 2) return [];
  const options = departments.map(({ id, name }) => ({ id, name }));
  return [
    { id: "department", name: t("department"), look: "choice", keys: ["department"], options },
  ];
}
