import { SquareArrowOutUpRight } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { faultText } from "~/ipc/errors";
import type { ConnectionView } from "~/ipc/gen/ConnectionView";
import type { SystemView } from "~/ipc/gen/SystemView";
import { openAddress } from "~/ipc/host";
import { Button, cx, Note, RadioGroup } from "~/ui/primitives";
import { type App, AppFields, appFields, appFieldsOf } from "./AppFields";
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

/** The app to begin with: what is known of it, never its secret. */
const knownApp = (system: SystemView | undefined): App => ({
  client_id: system?.client_id ?? "",
  secret: "",
  redirect: system?.redirect ?? "",
});

/** The system that is chosen, what it still lacks, and the start of its sign-in. */
function useStart({ systems, again, onStarted }: StartSheetProps) {
  const start = useStartSignIn();
  const [key, setKey] = useState(again?.system ?? systems[0]?.key ?? "");
  const of = (wanted: string) => systems.find((one) => one.key === wanted);
  const system = of(key);
  const [app, setApp] = useState(() => knownApp(system));
  const [isOther, setOther] = useState(false);
  const [wasTried, setTried] = useState(false);
  const fault = start.error?.fault;
  const isOfApp = appFields.some((field) => field === fault?.field);
  const asksApp = system !== undefined && (!system.configured || isOther || isOfApp);
  const isMissing = asksApp && appFieldsOf(system).some((field) => app[field].trim() === "");
  const systemName = again?.system_name ?? system?.name ?? "";
  const connectionId = again?.id ?? null;

  function choose(next: string) {
    setKey(next);
    setApp(knownApp(of(next)));
    setOther(false);
    setTried(false);
    start.reset();
  }
  function submit(e: FormEvent) {
    e.preventDefault();
    setTried(true);
    if (isMissing || start.isPending || !system) return;
    const own = asksApp && system.needs_secret;
    start.mutate(
      {
        system: key,
        client_id: asksApp ? app.client_id.trim() : null,
        secret: own ? app.secret.trim() : null,
        redirect: own ? app.redirect.trim() : null,
        connection_id: connectionId,
      },
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
    choose,
    isFolder: !again && system?.needs === "folder",
    system,
    systemName,
    app,
    setApp,
    asksApp,
    useOther: () => setOther(true),
    wasTried,
    fault,
    isOfApp,
    isBusy: start.isPending,
    submit,
  };
}

/** Asks for the system, then for its folder or for what a sign-in in the browser still lacks. */
export function StartSheet(props: StartSheetProps) {
  const { systems, again, onConnected, onCancel } = props;
  const { t } = useTranslation("connections");
  const start = useStart(props);
  const detail = (one: SystemView) => {
    if (one.needs === "folder") return t("needs_folder");
    if (one.configured) return t("ready_to_sign_in");
    return one.needs_secret ? t("needs_own_app") : t("not_configured");
  };
  return (
    <section className={cx(s.sheet, s.form)} aria-label={t("connect")}>
      <div>
        <h2>{again ? t("sign_in_to", { system: start.systemName }) : t("connect")}</h2>
        <p className="t2">{start.isFolder ? t("folder_body") : t("choose_body")}</p>
      </div>
      {!again && (
        <div className={s.systems}>
          <RadioGroup
            label={t("choose_system")}
            look="cards"
            value={start.key}
            onChange={start.choose}
            options={systems.map((one) => ({ id: one.key, name: one.name, detail: detail(one) }))}
          />
        </div>
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
  const { system, fault } = start;
  return (
    <form onSubmit={start.submit} className={s.form} noValidate>
      {system && start.asksApp && (
        <AppFields
          system={system}
          app={start.app}
          onChange={start.setApp}
          wasTried={start.wasTried}
          fault={fault}
        />
      )}
      {fault && !start.isOfApp && <Note tone="danger">{faultText(fault)}</Note>}
      <div className={s.sheetFoot}>
        <Button variant="primary" type="submit" icon={SquareArrowOutUpRight} isBusy={start.isBusy}>
          {t("continue")}
        </Button>
        {system?.needs_secret && !start.asksApp && (
          <Button onPress={start.useOther}>{t("other_app")}</Button>
        )}
        <Button variant="quiet" onPress={onCancel}>
          {t("cancel")}
        </Button>
      </div>
    </form>
  );
}
