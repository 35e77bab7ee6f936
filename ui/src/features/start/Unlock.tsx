import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { faultOf, faultText } from "~/ipc/errors";
import type { DeskStatus } from "~/ipc/gen/DeskStatus";
import { Button, Note, TextField } from "~/ui/primitives";
import { useUnlock } from "./api";
import { Frame } from "./Frame";
import s from "./Start.module.css";

/** Asks for the passphrase. With a keychain, asks only to go on. */
export function Unlock({ status }: { status: DeskStatus }) {
  const { t } = useTranslation("start");
  const [passphrase, setPassphrase] = useState("");
  const unlock = useUnlock();
  const fault = unlock.error ? faultOf(unlock.error) : undefined;
  const byPassphrase = status.protection !== "keychain";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    unlock.run({ passphrase });
  };
  return (
    <Frame>
      <form className={s.card} onSubmit={submit} aria-labelledby="unlock">
        <h1 id="unlock" className={s.cardTitle}>
          {t("unlock_title")}
        </h1>
        <p className="t2">{byPassphrase ? t("unlock_passphrase") : t("unlock_keychain")}</p>
        {byPassphrase && (
          <TextField
            label={t("passphrase")}
            type="password"
            value={passphrase}
            onChange={setPassphrase}
            autoFocus
            isRequired
            error={fault?.code === "wrong_passphrase" ? faultText(fault) : undefined}
          />
        )}
        {fault && fault.code !== "wrong_passphrase" && (
          <Note tone="danger">{faultText(fault)}</Note>
        )}
        <div className={s.cardActions}>
          <Button
            type="submit"
            variant="primary"
            size="form"
            isBusy={unlock.isPending}
            isDisabled={byPassphrase && passphrase === ""}
          >
            {t("unlock_verb")}
          </Button>
        </div>
      </form>
    </Frame>
  );
}
