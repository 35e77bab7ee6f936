import { useTranslation } from "react-i18next";
import { faultOf, faultText } from "~/ipc/errors";
import { Note, Switch, toast } from "~/ui/primitives";
import { useNotices, useSaveNotices } from "./api";
import { Part } from "./Part";

/** Whether this desk says on the desktop that something needs a person. Takes effect at once. */
export function Notices() {
  const { t } = useTranslation("settings");
  const notices = useNotices();
  const save = useSaveNotices();
  return (
    <Part title={t("notices")} about={t("notices_about")}>
      {notices.error && <Note tone="danger">{faultText(notices.error.fault)}</Note>}
      {notices.data && (
        <Switch
          isSelected={notices.data.on}
          onChange={(on) =>
            save.mutate(
              { on },
              { onError: (thrown) => toast({ text: faultText(faultOf(thrown)), tone: "danger" }) },
            )
          }
        >
          {t("notices_switch")}
        </Switch>
      )}
    </Part>
  );
}
