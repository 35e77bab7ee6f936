import { SquareArrowOutUpRight } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { faultText } from "~/ipc/errors";
import type { ConnectionView } from "~/ipc/gen/ConnectionView";
import type { SystemView } from "~/ipc/gen/SystemView";
import { openAddress } from "~/ipc/host";
import { Button, Note, RadioGroup, TextField } from "~/ui/primitives";
import { useStartSignIn } from "./api";
import s from "./Connections.module.css";
import type { RunningSignIn } from "./signIn";

export interface StartSheetProps {
  systems: readonly SystemView[];
  /** Signing in again to this connection; the system is not asked for then. */
  again?: ConnectionView;
  onStarted: (running: RunningSignIn) => void;
  onCancel: () => void;
}

/** Asks for the system and goes to the browser. */
export function StartSheet({ systems, again, onStarted, onCancel }: StartSheetProps) {
  const { t } = useTranslation("connections");
  const start = useStartSignIn();
  const [key, setKey] = useState(again?.system ?? systems[0]?.key ?? "");
  const [clientId, setClientId] = useState("");
  const [isAsked, setAsked] = useState(false);
  const system = systems.find((one) => one.key === key);
  const needsId = system !== undefined && !system.configured;
  const isMissing = needsId && clientId.trim() === "";
  const name = again?.system_name ?? system?.name ?? "";
  const fault = start.error?.fault;

  function submit(e: FormEvent) {
    e.preventDefault();
    setAsked(true);
    if (isMissing || start.isPending || !system) return;
    start.mutate(
      {
        system: key,
        client_id: clientId.trim() || null,
        connection_id: again?.id ?? null,
      },
      {
        onSuccess(started) {
          // The sheet that follows offers the address again, should no browser come up.
          openAddress(started.address).catch(() => undefined);
          onStarted({
            systemName: name,
            connectionId: again?.id ?? null,
            started,
            begun_ms: performance.now(),
          });
        },
      },
    );
  }
  return (
    <section className={s.sheet} aria-label={t("connect")}>
      <form onSubmit={submit} className={s.form}>
        <div>
          <h2>{again ? t("sign_in_to", { system: name }) : t("connect")}</h2>
          <p className="t2">{t("choose_body")}</p>
        </div>
        {!again && (
          <RadioGroup
            label={t("choose_system")}
            look="cards"
            value={key}
            onChange={setKey}
            options={systems.map((one) => ({
              id: one.key,
              name: one.name,
              detail: one.configured ? t("ready_to_sign_in") : t("not_configured"),
            }))}
          />
        )}
        {needsId && (
          <TextField
            label={t("client_id")}
            name="client_id"
            isNumeric
            value={clientId}
            onChange={setClientId}
            hint={key === "xero" ? t("client_id_hint_xero") : t("client_id_hint")}
            error={
              isAsked && isMissing
                ? t("client_id_missing")
                : fault?.field === "client_id"
                  ? faultText(fault)
                  : undefined
            }
          />
        )}
        {fault && fault.field !== "client_id" && <Note tone="danger">{faultText(fault)}</Note>}
        <div className={s.sheetFoot}>
          <Button
            variant="primary"
            type="submit"
            icon={SquareArrowOutUpRight}
            isBusy={start.isPending}
          >
            {t("continue")}
          </Button>
          <Button variant="quiet" onPress={onCancel}>
            {t("cancel")}
          </Button>
        </div>
      </form>
    </section>
  );
}
