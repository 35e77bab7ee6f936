import { Send } from "lucide-react";
import { useTranslation } from "react-i18next";
import { goTo } from "~/domain/places";
import { faultOf, faultText } from "~/ipc/errors";
import type { ConnectionView } from "~/ipc/gen/ConnectionView";
import { Banner, Button, toast } from "~/ui/primitives";
import { useStartExport } from "./api";

/** A new connection sends nothing before a person has looked at the mapping and says so. */
export function BeginBanner({ connection: c }: { connection: ConnectionView }) {
  const { t } = useTranslation("mapping");
  const start = useStartExport();
  const begin = () =>
    start.mutate(
      { connection_id: c.id },
      {
        onSuccess: () => goTo("/exports"),
        onError: (thrown) => toast({ text: faultText(faultOf(thrown)), tone: "danger" }),
      },
    );
  return (
    <Banner
      tone="info"
      title={t("begin_title", { system: c.system_name })}
      actions={
        <Button size="small" icon={Send} isBusy={start.isPending} onPress={begin}>
          {t("begin")}
        </Button>
      }
    >
      {c.unmapped > 0
        ? t("begin_missing", { count: c.unmapped })
        : t("begin_body", { count: c.waiting })}
    </Banner>
  );
}
