import { i18n } from "~/i18n";
import { rpc } from "~/ipc/client";
import { faultOf, faultText } from "~/ipc/errors";
import type { ReminderMessage } from "~/ipc/gen/ReminderMessage";
import type { ReminderPage } from "~/ipc/gen/ReminderPage";
import type { ReminderRow } from "~/ipc/gen/ReminderRow";
import { useRpc, useRpcMutation } from "~/ipc/hooks";
import { openFile } from "~/ipc/host";
import { useWindowedRows } from "~/ui/grid";
import { toast } from "~/ui/primitives";
import { plannedOf } from "./plan";
import type { RemindersSearch } from "./routes";

export const usePlan = () => useRpc("reminder_plan", {}, { keepPrevious: true });

export const useSend = () => useRpcMutation("send_reminders");
export const useSettle = () => useRpcMutation("settle_reminder");
export const useSetHold = () => useRpcMutation("set_reminder_hold");

export const useHolds = (student_id: string) => useRpc("reminder_holds", { student_id });

export const useStudentName = (id: string) => useRpc("find_student", { id }).data?.person.name;

/** Open invoices of a student, to choose the one that is held. */
export const useOpenInvoices = (student_id: string) =>
  useRpc("student_account", { student_id }).data?.rows.filter(
    (row) => row.kind === "invoice" && !/^0*\.?0*$/.test(row.left.amount),
  );

/** What a planned message would say as a text message. */
export const useSmsLook = (message: ReminderMessage) =>
  useRpc("reminder_text", plannedOf(message)).data;

/** Reminders that were made, newest first. */
export const useMade = ({ of, made }: RemindersSearch) =>
  useWindowedRows<ReminderRow, ReminderPage>({
    queryKey: ["list_reminders", of, made],
    fetchPage: (offset, limit, signal) => {
      const wanted = { student_id: of ?? null, invoice_id: null, unsent: made === "unsent" };
      return rpc("list_reminders", { ...wanted, window: { offset, limit } }, signal);
    },
  });

/** Messages that wait or need a person. */
export function useUnsent(): number | undefined {
  const request = {
    student_id: null,
    invoice_id: null,
    unsent: true,
    window: { offset: 0, limit: 1 },
  };
  const unsent = useRpc("list_reminders", request).data?.unsent;
  return unsent === 0 ? undefined : unsent;
}

/** Which letters: of reminders that were made, or of one that is only planned. */
export type LettersOf = { ids: string[] } | { planned: ReminderMessage };

/** Opens letters in the person's own viewer, which prints them. */
export async function openLetters(of: LettersOf): Promise<void> {
  const planned = "planned" in of ? plannedOf(of.planned) : null;
  const ids = "ids" in of ? of.ids : [];
  try {
    const wish = { inline: false, folder: null };
    const file = await rpc("reminder_paper", { ids, planned, wish });
    const isOpen = await openFile(file.path);
    if (!isOpen) {
      toast({ tone: "success", text: i18n.t("reminders:letter_lies", { path: file.path }) });
    }
  } catch (thrown) {
    toast({ tone: "danger", text: faultText(faultOf(thrown)) });
  }
}
