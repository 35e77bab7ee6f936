import { SquareArrowOutUpRight } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { faultText } from "~/ipc/errors";
import type { ConnectionView } from "~/ipc/gen/ConnectionView";
import type { SystemView } from "~/ipc/gen/SystemView";
import { openAddress } from "~/ipc/host";
import { Button, cx, Note, RadioGroup, TextField } from "~/ui/primitives";
import { useStartSignIn } from "./api";
import s from "./Connections.module.css";
import { FolderForm } from "./FolderForm";
import type { RunningSignIn } from "./signIn";

export interface StartSheetProps {
  systems: readonly SystemView[];
  /** Signing in again to this connection; the system is not asked for then. */
  again?: ConnectionView;
  onStarted: (running: RunningSignIn) => void;
  /** A folder is connected without a sign-in. */
  onConnected: (connection: ConnectionView) => void;
  onCancel: () => void;
}

/** The system that is chosen, what it still lacks, and the start of its sign-in. */
function useStart({ systems, again, onStarted }: StartSheetProps) {
  const start = useStartSignIn();
  const [key, setKey] = useState(again?.system ?? systems[0]?.key ?? "");
  const [clientId, setClientId] = useState("");
  const [wasTried, setTried] = useState(false);
  const system = systems.find((one) => one.key === key);
  const needsId = system !== undefined && !system.configured;
  const isMissing = needsId && clientId.trim() === "";
  const systemName = again?.system_name ?? system?.name ?? "";
  const connectionId = again?.id ?? null;

  function submit(e: FormEvent) {
    e.preventDefault();
    setTried(true);
    if (isMissing || start.isPending || !system) return;
    start.mutate(
      { system: key, client_id: clientId.trim() || null, connection_id: connectionId },
      {
        onSuccess(started) {
          // The sheet that follows offers the address again, should no browser come up.
          openAddress(started.address).catch(() => undefined);
          onStarted({ systemName, connectionId, started, begun_ms: performance.now() });
        },
      },
    );
  }
  return {
    key,
    setKey,
    isFolder: !again && system?.needs === "folder",
    systemName,
    clientId,
    setClientId,
    needsId,
    isMissing: wasTried && isMissing,
    fault: start.error?.fault,
    isBusy: start.isPending,
    submit,
  };
}

/** Asks for the system, then for its folder or for what a sign-in in the browser still lacks. */
export function StartSheet(props: StartSheetProps) {
  const { systems, again, onConnected, onCancel } = props;
  const { t } = useTranslation("connections");
  const start = useStart(props);
  return (
    <section className={cx(s.sheet, s.form)} aria-label={t("connect")}>
      <div>
        <h2>{again ? t("sign_in_to", { system: start.systemName }) : t("connect")}</h2>
        <p className="t2">{start.isFolder ? t("folder_body") : t("choose_body")}</p>
      </div>
      {!again && (
        <RadioGroup
          label={t("choose_system")}
          look="cards"
          value={start.key}
          onChange={start.setKey}
          options={systems.map((one) => ({
            id: one.key,
            name: one.name,
            detail:
              one.needs === "folder"
                ? t("needs_folder")
                : one.configured
                  ? t("ready_to_sign_in")
                  : t("not_configured"),
          }))}
        />
      )}
      {start.isFolder ? (
        <FolderForm onConnected={onConnected} onCancel={onCancel} />
      ) : (
        <SignInForm start={start} onCancel={onCancel} />
      )}
    </section>
  );
}

interface SignInFormProps {
  start: ReturnType<typeof useStart>;
  onCancel: () => void;
}

function SignInForm({ start, onCancel }: SignInFormProps) {
  const { t } = useTranslation("connections");
  const { key, fault } = start;
  const ofId = fault?.field === "client_id" ? faultText(fault) : undefined;
  return (
    <form onSubmit={start.submit} className={s.form}>
      {start.needsId && (
        <TextField
          label={t("client_id")}
          name="client_id"
          isNumeric
          value={start.clientId}
          onChange={start.setClientId}
          hint={key === "xero" ? t("client_id_hint_xero") : t("client_id_hint")}
          error={start.isMissing ? t("client_id_missing") : ofId}
        />
      )}
      {fault && !ofId && <Note tone="danger">{faultText(fault)}</Note>}
      <div className={s.sheetFoot}>
        <Button variant="primary" type="submit" icon={SquareArrowOutUpRight} isBusy={start.isBusy}>
          {t("continue")}
        </Button>
        <Button variant="quiet" onPress={onCancel}>
          {t("cancel")}
        </Button>
      </div>
    </form>
  );
}
