import { useTranslation } from "react-i18next";
import { faultOf, faultText } from "~/ipc/errors";
import type { ConnectionView } from "~/ipc/gen/ConnectionView";
import { Note, PanelSection, Switch, toast } from "~/ui/primitives";
import { useAttachments, useSaveAttachments } from "./api";

/** Whether the PDF of each document goes with it; nothing where the system takes no files. */
export function Attachments({ connection: c }: { connection: ConnectionView }) {
  const { t } = useTranslation("connections");
  const attachments = useAttachments(c.id);
  const save = useSaveAttachments();
  if (attachments.error) return <Note tone="danger">{faultText(attachments.error.fault)}</Note>;
  if (!attachments.data?.offered) return null;
  const { on, asks_right } = attachments.data;
  return (
    <PanelSection title={t("attach_title")}>
      <Switch
        isSelected={on}
        onChange={(wanted) =>
          save.mutate(
            { id: c.id, on: wanted },
            { onError: (thrown) => toast({ text: faultText(faultOf(thrown)), tone: "danger" }) },
          )
        }
      >
        {t("attach_switch")}
      </Switch>
      <p className="t3">{t("attach_hint")}</p>
      {on && asks_right && <Note tone="info">{t("attach_right", { system: c.system_name })}</Note>}
    </PanelSection>
  );
}
