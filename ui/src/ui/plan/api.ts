import { i18n } from "~/i18n";
import { rpc } from "~/ipc/client";
import { faultOf, faultText } from "~/ipc/errors";
import type { PlanWish } from "~/ipc/gen/PlanWish";
import { useRpc, useRpcMutation } from "~/ipc/hooks";
import { openFile } from "~/ipc/host";
import { toast } from "~/ui/primitives";

const FEW = { offset: 0, limit: 20 };

/** Plans that hold, of a student or about an invoice. */
export const usePlansOf = (of: { student_id: string } | { invoice_id: string }) =>
  useRpc("list_plans", {
    shelf: "running",
    query: "",
    student_id: null,
    invoice_id: null,
    window: FEW,
    ...of,
  }).data?.rows ?? [];

export const usePlan = (id: string) => useRpc("find_plan", { id });

export const usePreview = (wish: PlanWish) => useRpc("preview_plan", wish, { keepPrevious: true });

export const useAgree = () => useRpcMutation("agree_plan");
export const useEnd = () => useRpcMutation("end_plan");

/** Opens the letter of a plan in the person's own viewer, which prints it. */
export async function openPlanLetter(id: string): Promise<void> {
  try {
    const file = await rpc("plan_paper", { id, wish: { inline: false, folder: null } });
    const isOpen = await openFile(file.path);
    if (!isOpen) toast({ tone: "success", text: i18n.t("plans:letter_lies", { path: file.path }) });
  } catch (thrown) {
    toast({ tone: "danger", text: faultText(faultOf(thrown)) });
  }
}
