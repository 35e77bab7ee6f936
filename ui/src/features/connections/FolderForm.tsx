import { FolderOpen } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { faultOf, faultText } from "~/ipc/errors";
import type { ConnectionView } from "~/ipc/gen/ConnectionView";
import { chooseFolder } from "~/ipc/host";
import { Button, Note, TextField, toast } from "~/ui/primitives";
import { useConnectFolder } from "./api";
import s from "./Connections.module.css";

export interface FolderFormProps {
  onConnected: (connection: ConnectionView) => void;
  onCancel: () => void;
}

/** Asks for the folder that files are written to. */
export function FolderForm({ onConnected, onCancel }: FolderFormProps) {
  const { t } = useTranslation("connections");
  const connect = useConnectFolder();
  const [folder, setFolder] = useState("");
  const [wasTried, setTried] = useState(false);
  const isMissing = folder.trim() === "";
  const fault = connect.error?.fault;
  const ofFolder = fault?.field === "folder" ? faultText(fault) : undefined;

  function submit(e: FormEvent) {
    e.preventDefault();
    setTried(true);
    if (isMissing || connect.isPending) return;
    connect.mutate({ folder: folder.trim(), export_from: null }, { onSuccess: onConnected });
  }
  const choose = () =>
    void chooseFolder().then(
      (chosen) => chosen && setFolder(chosen),
      (thrown) => toast({ text: faultText(faultOf(thrown)), tone: "danger" }),
    );
  return (
    <form onSubmit={submit} className={s.form}>
      <TextField
        label={t("folder")}
        name="folder"
        value={folder}
        onChange={setFolder}
        hint={t("folder_hint")}
        error={wasTried && isMissing ? t("folder_missing") : ofFolder}
      />
      {fault && !ofFolder && <Note tone="danger">{faultText(fault)}</Note>}
      <div className={s.sheetFoot}>
        <Button variant="primary" type="submit" isBusy={connect.isPending}>
          {t("connect_folder")}
        </Button>
        <Button icon={FolderOpen} onPress={choose}>
          {t("choose_folder")}
        </Button>
        <Button variant="quiet" onPress={onCancel}>
          {t("cancel")}
        </Button>
      </div>
    </form>
  );
}
