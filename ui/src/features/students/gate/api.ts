import { useRpc, useRpcMutation } from "~/ipc/hooks";
import { useMay } from "~/ipc/session";

export const useGate = (student_id: string) =>
  useRpc("debt_gate", { student_id, number: null, on: null });

/** What can be done about a red light by whoever sits here, if anything. */
export function usePassVerb(studentId: string): "let_through" | "block" | null {
  const gate = useGate(studentId).data;
  const may = useMay("let_through");
  if (!may || !gate) return null;
  if (gate.pass?.holds) return "block";
  return gate.light === "blocked" ? "let_through" : null;
}

export const useOverride = () => useRpcMutation("override_debt_gate");
export const useSetTest = () => useRpcMutation("set_driving_test");
