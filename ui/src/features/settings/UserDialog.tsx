import { KeyRound } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldFaults } from "~/ipc/fieldFaults";
import type { UserRow } from "~/ipc/gen/UserRow";
import { Button, FormDialog, Note, toast } from "~/ui/primitives";
import { useSaveUser } from "./api";
import { ResetPasswordDialog } from "./ResetPasswordDialog";
import { UserFields } from "./UserFields";
import { missingInUser, requestOf, USER_FIELDS, userDraft } from "./user";

interface UserDialogProps {
  /** Null for a new one. */
  user: UserRow | null;
  /** Nobody signs in yet: whoever is made now is signed in at once. */
  isFirst: boolean;
  onClose: () => void;
}

const NEEDED = { name: "need_user_name", login: "need_login", password: "need_password" } as const;

/** One user: who they are, as what they work, and whether they still do. */
export function UserDialog({ user, isFirst, onClose }: UserDialogProps) {
  const { t } = useTranslation("settings");
  const isNew = user === null;
  const [draft, setDraft] = useState(() => userDraft(user, isFirst, crypto.randomUUID()));
  const [isTried, setTried] = useState(false);
  const [isResetting, setResetting] = useState(false);
  const save = useSaveUser();
  const refused = fieldFaults(save.error, USER_FIELDS);
  const missing = missingInUser(draft, isNew);
  const errorAt = (field: string) =>
    isTried && missing.includes(field)
      ? t(NEEDED[field as keyof typeof NEEDED])
      : refused.at[field];
  function submit() {
    setTried(true);
    if (missing.length > 0) return;
    save.mutate(requestOf(draft, isNew), {
      onSuccess: (saved) => {
        toast({ text: t("user_saved", { name: saved.name }) });
        onClose();
      },
    });
  }
  if (isResetting && user) return <ResetPasswordDialog user={user} onClose={onClose} />;
  return (
    <FormDialog
      title={isNew ? t("new_user") : t("change_user", { name: user.name })}
      verb={t("save_user")}
      onClose={onClose}
      onSubmit={submit}
      isBusy={save.isPending}
      trouble={refused.elsewhere}
    >
      {isFirst && isNew && <Note tone="info">{t("first_user_note")}</Note>}
      <UserFields
        draft={draft}
        isNew={isNew}
        errorAt={errorAt}
        onChange={(next) => setDraft((before) => ({ ...before, ...next }))}
      />
      {!isNew && (
        <div className="row">
          <Button icon={KeyRound} onPress={() => setResetting(true)}>
            {t("reset_password")}
          </Button>
        </div>
      )}
    </FormDialog>
  );
}
