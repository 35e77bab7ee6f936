import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldFaults } from "~/ipc/fieldFaults";
import { FormDialog, TextField } from "~/ui/primitives";
import { useSaveDepartment } from "./api";

/** A department, to which students belong and users can be limited. */
export function DepartmentDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("settings");
  const [draft, setDraft] = useState(() => ({ id: crypto.randomUUID() as string, name: "" }));
  const [isTried, setTried] = useState(false);
  const save = useSaveDepartment();
  const refused = fieldFaults(save.error, ["name"]);
  const isMissing = draft.name.trim() === "";
  function submit() {
    setTried(true);
    if (!isMissing) save.mutate(draft, { onSuccess: onClose });
  }
  return (
    <FormDialog
      title={t("new_department")}
      verb={t("save_department")}
      onClose={onClose}
      onSubmit={submit}
      isBusy={save.isPending}
      trouble={refused.elsewhere}
    >
      <TextField
        label={t("department_name")}
        name="name"
        value={draft.name}
        onChange={(name) => setDraft({ ...draft, name })}
        error={isTried && isMissing ? t("need_department") : refused.at.name}
        isRequired
        autoFocus
      />
    </FormDialog>
  );
}
