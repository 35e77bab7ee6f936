import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldFaults } from "~/ipc/fieldFaults";
import { FormDialog, TextField, toast } from "~/ui/primitives";
import { useChangePassword } from "./api";

/** Another password for whoever is signed in; the present one proves that it is they. */
export function PasswordDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("start");
  const [current, setCurrent] = useState("");
  const [password, setPassword] = useState("");
  const [again, setAgain] = useState("");
  const [isTried, setTried] = useState(false);
  const change = useChangePassword();
  const refused = fieldFaults(change.error, ["current", "password"]);
  const differs = isTried && password !== again ? t("passwords_differ") : undefined;
  function submit() {
    setTried(true);
    if (password !== again) return;
    change.mutate(
      { current, password },
      {
        onSuccess: () => {
          toast({ text: t("password_changed") });
          onClose();
        },
      },
    );
  }
  return (
    <FormDialog
      title={t("change_password")}
      verb={t("change_password_verb")}
      onClose={onClose}
      onSubmit={submit}
      isBusy={change.isPending}
      trouble={refused.elsewhere}
    >
      <TextField
        label={t("current_password")}
        name="current"
        type="password"
        value={current}
        onChange={setCurrent}
        error={refused.at.current}
        isRequired
        autoFocus
      />
      <TextField
        label={t("new_password")}
        name="password"
        type="password"
        value={password}
        onChange={setPassword}
        hint={t("new_password_hint")}
        error={refused.at.password}
        isRequired
      />
      <TextField
        label={t("new_password_again")}
        name="again"
        type="password"
        value={again}
        onChange={setAgain}
        error={differs}
        isRequired
      />
    </FormDialog>
  );
}
