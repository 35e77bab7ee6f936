import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldFaults } from "~/ipc/fieldFaults";
import type { LedgerAccountView } from "~/ipc/gen/LedgerAccountView";
import { Checkbox, FormDialog, Select, TextField, toast } from "~/ui/primitives";
import { useSaveAccount } from "./api";
import { KINDS } from "./columns";

interface AccountDialogProps {
  /** Null for a new one. */
  account: LedgerAccountView | null;
  onClose: () => void;
}

const FIELDS = ["number", "name", "kind"];

/** Names an account, or adds one. What stands on it stays. */
export function AccountDialog({ account, onClose }: AccountDialogProps) {
  const { t } = useTranslation("ledger");
  const [draft, setDraft] = useState({
    number: account?.number ?? "",
    name: account?.name ?? "",
    kind: account?.kind ?? "income",
    active: account?.active ?? true,
  });
  const [wasTried, setTried] = useState(false);
  const save = useSaveAccount();
  const refused = fieldFaults(save.error, FIELDS);
  const change = (next: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...next }));
  const missing = (field: "number" | "name") =>
    wasTried && draft[field].trim() === "" ? t(`need_${field}`) : refused.at[field];

  function submit() {
    setTried(true);
    if (draft.number.trim() === "" || draft.name.trim() === "") return;
    save.mutate(draft, {
      onSuccess: () => {
        toast({ text: t("account_saved", { number: draft.number.trim() }) });
        onClose();
      },
    });
  }
  return (
    <FormDialog
      title={account ? t("change_account", { number: account.number }) : t("new_account")}
      verb={t("save")}
      onClose={onClose}
      onSubmit={submit}
      isBusy={save.isPending}
      trouble={refused.elsewhere}
    >
      {account?.ruled && <p className="t2">{t("ruled_note")}</p>}
      <TextField
        label={t("number")}
        name="number"
        isRequired
        isNumeric
        isReadOnly={account !== null}
        autoFocus={account === null}
        maxLength={10}
        value={draft.number}
        onChange={(number) => change({ number })}
        error={missing("number")}
      />
      <TextField
        label={t("name")}
        name="name"
        isRequired
        autoFocus={account !== null}
        maxLength={120}
        value={draft.name}
        onChange={(name) => change({ name })}
        error={missing("name")}
      />
      <Select
        label={t("kind")}
        name="kind"
        value={draft.kind}
        isDisabled={account?.ruled === true}
        options={KINDS.map((id) => ({ id, name: t(`kind_${id}`) }))}
        onChange={(kind) => change({ kind })}
        error={refused.at.kind}
      />
      {account?.ruled !== true && (
        <Checkbox isSelected={draft.active} onChange={(active) => change({ active })}>
          {t("offered")}
        </Checkbox>
      )}
    </FormDialog>
  );
}
