import { useState } from "react";
import { useTranslation } from "react-i18next";
import { faultOf, faultText } from "~/ipc/errors";
import type { ConnectionView } from "~/ipc/gen/ConnectionView";
import { toast } from "~/ui/primitives";
import { useCheck } from "./api";

/** Asks a system whether it answers, and says so. */
export function useTestNow() {
  const { t } = useTranslation("connections");
  const { mutateAsync } = useCheck();
  const [busyId, setBusyId] = useState<string>();
  async function run(connection: ConnectionView) {
    setBusyId(connection.id);
    try {
      const { system_name: system, company, state } = await mutateAsync({ id: connection.id });
      if (state !== "sign_in_needed") toast({ text: t("tested", { system, company }) });
    } catch (thrown) {
      toast({ text: faultText(faultOf(thrown)), tone: "danger" });
    } finally {
      setBusyId(undefined);
    }
  }
  return { busyId, run };
}
