import { Send } from "lucide-react";
import { useTranslation } from "react-i18next";
import { faultOf, faultText } from "~/ipc/errors";
import type { ConnectionView } from "~/ipc/gen/ConnectionView";
import { Button, toast } from "~/ui/primitives";
import { useStartExport } from "./api";

/** Lets a new connection begin to send: a person has looked at what is what there. */
export function StartSending({ connection: c }: { connection: ConnectionView }) {
  const { t } = useTranslation("connections");
  const start = useStartExport();
  return (
    <Button
      variant="primary"
      icon={Send}
      isBusy={start.isPending}
      onPress={() =>
        start.mutate(
          { connection_id: c.id },
          {
            onSuccess: () => toast({ text: t("sending_began", { system: c.system_name }) }),
            onError: (thrown) => toast({ text: faultText(faultOf(thrown)), tone: "danger" }),
          },
        )
      }
    >
      {t("start_sending")}
    </Button>
  );
}
