import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { faultText } from "~/ipc/errors";
import { Button, Note, TextField } from "~/ui/primitives";
import { useFinishSignIn } from "./api";
import s from "./Connections.module.css";
import type { RunningSignIn } from "./signIn";

/** Takes the address that the browser landed on, where it cannot come back to the desk by itself. */
export function LandedForm({ running }: { running: RunningSignIn }) {
  const { t } = useTranslation("connections");
  const client = useQueryClient();
  const finish = useFinishSignIn();
  const [address, setAddress] = useState("");
  const [wasTried, setTried] = useState(false);
  const { sign_in_id } = running.started;
  const isMissing = address.trim() === "";
  const fault = finish.error?.fault;
  const ofAddress = fault?.field === "address" ? faultText(fault) : undefined;

  function submit(e: FormEvent) {
    e.preventDefault();
    setTried(true);
    if (isMissing || finish.isPending) return;
    finish.mutate(
      { sign_in_id, address: address.trim() },
      { onSuccess: (view) => client.setQueryData(["sign_in_status", sign_in_id], view) },
    );
  }
  return (
    <form onSubmit={submit} className={s.form} noValidate>
      <TextField
        label={t("landed")}
        name="address"
        type="url"
        value={address}
        onChange={setAddress}
        hint={t("landed_hint")}
        error={wasTried && isMissing ? t("landed_missing") : ofAddress}
      />
      {fault && !ofAddress && <Note tone="danger">{faultText(fault)}</Note>}
      <div className={s.sheetFoot}>
        <Button variant="primary" type="submit" isBusy={finish.isPending}>
          {t("finish_sign_in")}
        </Button>
      </div>
    </form>
  );
}
