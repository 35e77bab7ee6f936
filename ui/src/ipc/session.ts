import { useRpc } from "./hooks";

/** What a person may do; the backend decides, this only keeps dead verbs off the screen. */
export type ActName =
  | "work"
  | "credit"
  | "reverse"
  | "give_up"
  | "let_through"
  | "price"
  | "export"
  | "connect"
  | "audit"
  | "erase"
  | "set_up";

/** Whether whoever sits here may do this; a desk without users has one owner, who may. */
export function useMay(act: ActName): boolean {
  const user = useRpc("desk_status", {}).data?.session?.user;
  return user?.acts.includes(act) ?? true;
}
