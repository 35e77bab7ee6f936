import { useTranslation } from "react-i18next";
import { faultText } from "~/ipc/errors";
import type { ConnectionView } from "~/ipc/gen/ConnectionView";
import { ConfirmDialog, Note } from "~/ui/primitives";
import { useDisconnect } from "./api";
import { Stops } from "./ConnectionPanel";
import s from "./Connections.module.css";

export interface DisconnectDialogProps {
  connection: ConnectionView;
  onClose: () => void;
  onDone: () => void;
}

export function DisconnectDialog({ connection: c, onClose, onDone }: DisconnectDialogProps) {
  const { t } = useTranslation("connections");
  const disconnect = useDisconnect();
  const system = c.system_name;
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t("disconnect_title", { system })}
      safeLabel={t("keep", { system })}
      verbLabel={t("disconnect_verb", { system })}
      isBusy={disconnect.isPending}
      onConfirm={() => disconnect.mutate({ id: c.id }, { onSuccess: onDone })}
    >
      <div className={s.form}>
        <p>
          {c.needs === "folder"
            ? t("disconnect_folder", { folder: c.company })
            : t("disconnect_body", { company: c.company })}
        </p>
        <Stops connection={c} />
        {disconnect.error && <Note tone="danger">{faultText(disconnect.error.fault)}</Note>}
      </div>
    </ConfirmDialog>
  );
}
