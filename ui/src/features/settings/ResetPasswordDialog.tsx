import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldFaults } from "~/ipc/fieldFaults";
import type { UserRow } from "~/ipc/gen/UserRow";
import { FormDialog, TextField, toast } from "~/ui/primitives";
import { useResetPassword } from "./api";

/** Another password for somebody who forgot theirs. */
export function ResetPasswordDialog({ user, onClose }: { user: UserRow; onClose: () => void }) {
  const { t } = useTranslation("settings");
  const [password, setPassword] = useState("");
  const reset = useResetPassword();
  const refused = fieldFaults(reset.error, ["password"]);
  return (
    <FormDialog
      title={t("reset_password_of", { name: user.name })}
      verb={t("reset_password_verb")}
      onClose={onClose}
      onSubmit={() =>
        reset.mutate(
          { id: user.id, password },
          {
            onSuccess: () => {
              toast({ text: t("password_reset", { name: user.name }) });
              onClose();
            },
          },
        )
      }
      isBusy={reset.isPending}
      trouble={refused.elsewhere}
    >
      <p className="t2">{t("reset_password_note", { name: user.name })}</p>
      <TextField
        label={t("first_password")}
        name="password"
        type="password"
        value={password}
        onChange={setPassword}
        hint={t("password_hint")}
        error={refused.at.password}
        isRequired
        autoFocus
      />
    </FormDialog>
  );
}
