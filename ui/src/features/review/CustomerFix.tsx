import { useTranslation } from "react-i18next";
import type { CauseView } from "~/ipc/gen/CauseView";
import type { ExportRow } from "~/ipc/gen/ExportRow";
import { useRpc } from "~/ipc/hooks";
import { TextField } from "~/ui/primitives";
import {
  ADDRESS_FIELDS,
  type CustomerDraft,
  type CustomerField,
  ownField,
  PAYER_FIELDS,
  PERSON_FIELDS,
  payerDraft,
  studentDraft,
  withValue,
  writtenIn,
} from "./customer";
import s from "./Review.module.css";

interface CustomerFixProps {
  cause: CauseView;
  /** The system's own name. */
  system: string;
  /** The customer that is meant; nothing while several are. */
  row: ExportRow | undefined;
  draft: CustomerDraft | null;
  onChange: (draft: CustomerDraft) => void;
}

/** The customer as the book has it now. */
function useCustomer(row: ExportRow | undefined): CustomerDraft | undefined {
  const page = row?.page;
  const isPayer = page?.kind === "payer";
  const student = useRpc(
    "find_student",
    { id: page?.id ?? "" },
    { enabled: page?.kind === "student" },
  );
  const payer = useRpc("find_payer", { id: page?.id ?? "" }, { enabled: isPayer });
  if (!row) return undefined;
  if (isPayer) return payer.data && payerDraft(row.id, payer.data);
  return student.data && studentDraft(row.id, student.data);
}

/** A customer that was refused, mended where that is seen. */
export function CustomerFix({ cause, system, row, draft, onChange }: CustomerFixProps) {
  const { t } = useTranslation("review");
  const known = useCustomer(row);
  const written = draft?.record === row?.id ? draft : null;
  const shown = written ?? known;
  const refused = ownField(cause.params.field);
  if (!row) return <p className={s.fixNote}>{t("mend_pick")}</p>;
  if (!shown) return <p className={s.fixNote}>{t("mend_reading")}</p>;
  const field = (name: CustomerField) => (
    <TextField
      key={name}
      label={t(`own_${name}`)}
      name={name}
      value={writtenIn(shown, name)}
      error={
        name === refused && known && writtenIn(shown, name) === writtenIn(known, name)
          ? t("mend_refused", { system })
          : undefined
      }
      isNumeric={name === "phone" || name === "postal_code"}
      onChange={(value) => onChange(withValue(shown, name, value))}
    />
  );
  return (
    <fieldset className={s.fix}>
      <legend className="sr">{t("mend", { name: row.student || row.label })}</legend>
      <div className={s.fixGrid}>
        {PERSON_FIELDS.map(field)}
        {ADDRESS_FIELDS.map(field)}
        {shown.kind === "payer" && PAYER_FIELDS.map(field)}
      </div>
    </fieldset>
  );
}
