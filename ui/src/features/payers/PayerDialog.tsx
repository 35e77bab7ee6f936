import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { payerForm } from "~/domain/payers";
import { placeOf } from "~/domain/places";
import { fieldFaults } from "~/ipc/fieldFaults";
import type { PayerView } from "~/ipc/gen/PayerView";
import type { SavePayer } from "~/ipc/gen/SavePayer";
import { FormDialog, toast } from "~/ui/primitives";
import { useSavePayer } from "./api";
import { emptyPayer, PAYER_FIELDS } from "./form";
import { PayerFields } from "./PayerFields";

/** A new payer, or what is known of one. Documents that are issued keep what they said. */
export function PayerDialog({ payer, onClose }: { payer?: PayerView; onClose: () => void }) {
  const { t } = useTranslation("payers");
  const navigate = useNavigate();
  const save = useSavePayer();
  const refused = fieldFaults(save.error, PAYER_FIELDS);
  const [form, setForm] = useState<SavePayer>(() => (payer ? payerForm(payer) : emptyPayer()));
  const [wasTried, setTried] = useState(false);
  const nameless = form.person.name.trim() === "";
  function submit() {
    setTried(true);
    if (nameless) return;
    save.mutate(form, {
      onSuccess: ({ row }) => {
        toast({ text: t(payer ? "saved" : "registered", { name: row.name, number: row.number }) });
        onClose();
        if (!payer) void navigate({ to: placeOf("payer", row.id) });
      },
    });
  }
  const errorAt = (field: string) =>
    field === "person.name" && wasTried && nameless ? t("name_missing") : refused.at[field];
  return (
    <FormDialog
      title={payer ? t("change_title", { name: payer.row.name }) : t("register")}
      verb={payer ? t("save") : t("register")}
      onClose={onClose}
      onSubmit={submit}
      isBusy={save.isPending}
      trouble={refused.elsewhere}
    >
      {payer && <p className="t2">{t("change_note")}</p>}
      <PayerFields form={form} isNew={!payer} errorAt={errorAt} onChange={setForm} />
    </FormDialog>
  );
}
