import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldFaults } from "~/ipc/fieldFaults";
import type { SavedView } from "~/ipc/gen/SavedView";
import { useSaveView } from "~/ipc/lists";
import { useMay } from "~/ipc/session";
import { Checkbox, FormDialog, TextField } from "../primitives";

interface ViewDialogProps {
  list: string;
  address: string;
  /** The view that is changed; a new one without it. */
  view?: SavedView;
  onClose: () => void;
}

/** The name of a view, and who sees it. */
export function ViewDialog({ list, address, view, onClose }: ViewDialogProps) {
  const { t } = useTranslation(["lists", "common"]);
  const [id] = useState(() => view?.id ?? crypto.randomUUID());
  const [name, setName] = useState(view?.name ?? "");
  const [isShared, setShared] = useState(view?.is_shared ?? false);
  const mayShare = useMay("work");
  const save = useSaveView();
  const refused = fieldFaults(save.error, ["name"]);
  return (
    <FormDialog
      title={t(view ? "change_view" : "keep_view")}
      verb={t("common:save")}
      width="narrow"
      onClose={onClose}
      isBusy={save.isPending}
      disabledReason={name.trim() === "" ? t("name_missing") : undefined}
      trouble={refused.elsewhere}
      onSubmit={() =>
        save.mutate({ id, list, name, address, is_shared: isShared }, { onSuccess: onClose })
      }
    >
      <TextField
        label={t("view_name")}
        name="name"
        value={name}
        onChange={setName}
        error={refused.at.name}
        maxLength={60}
        autoFocus
      />
      {mayShare && (
        <Checkbox isSelected={isShared} onChange={setShared}>
          {t("share_view")}
        </Checkbox>
      )}
    </FormDialog>
  );
}
