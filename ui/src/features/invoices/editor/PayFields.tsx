import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { DraftInput } from "~/ipc/gen/DraftInput";
import type { DraftView } from "~/ipc/gen/DraftView";
import type { PayerPart } from "~/ipc/gen/PayerPart";
import type { PayerPartView } from "~/ipc/gen/PayerPartView";
import { rowOf } from "~/ui/payers";
import { Select } from "~/ui/primitives";
import { TermsField } from "~/ui/terms/TermsField";
import { termsOfPayer, useSchoolTables } from "../api";
import { CurrencyField, useCurrencies } from "./CurrencyField";
import { DiscountField } from "./DiscountField";
import s from "./Editor.module.css";
import { PayersDialog } from "./PayersDialog";

interface PayFieldsProps {
  draft: DraftInput;
  view?: DraftView;
  /** Of the draft. */
  currency: string;
  /** The currency of the books. */
  school: string;
  isSaved: boolean;
  onChange: (change: Partial<DraftInput>) => void;
}

/** Who pays, by when, for which department, and what is taken off the whole. */
export function PayFields(props: PayFieldsProps) {
  const { draft, currency, onChange } = props;
  const { t } = useTranslation("invoices");
  const tables = useSchoolTables();
  const departments = tables?.departments ?? [];
  const currencies = useCurrencies(draft, props.school);
  const isFull = departments.length > 0 && currencies.length > 1;
  return (
    <div className={s.head} data-second data-full={isFull || undefined}>
      <PaidBy {...props} />
      <TermsField
        label={t("terms")}
        name="terms"
        value={draft.terms}
        none={t("terms_by_date")}
        school={tables?.terms}
        onChange={(terms) => onChange({ terms })}
      />
      <DiscountField
        value={draft.discount}
        currency={currency}
        onChange={(discount) => onChange({ discount })}
      />
      <CurrencyField draft={draft} school={props.school} onChange={onChange} />
      {departments.length > 0 && (
        <Select
          label={t("department")}
          value={draft.department_id ?? ""}
          options={[
            { id: "", name: t("department_of_student") },
            ...departments.map(({ id, name }) => ({ id, name })),
          ]}
          onChange={(id) => onChange({ department_id: id || null })}
        />
      )}
    </div>
  );
}

const NOBODY = "student";
const DEFAULT = "default";
const CHOSEN = "chosen";
const CHOOSE = "choose";

const namesOf = (payers: readonly PayerPartView[]) => payers.map((payer) => payer.name).join(" + ");
const sameShares = (a: readonly PayerPart[], b: readonly PayerPart[]) =>
  JSON.stringify(a) === JSON.stringify(b);

/** Somebody who pays alone does so by their own terms, where they have any. */
async function choosePayers(payers: PayerPart[], onChange: PayFieldsProps["onChange"]) {
  const [only, ...more] = payers;
  const payer_id = more.length === 0 ? only?.payer_id : null;
  const terms = payer_id ? await termsOfPayer(payer_id) : null;
  onChange(terms ? { payers, terms } : { payers });
}

/** Whoever pays for a student by default pays for a new invoice, until somebody says otherwise. */
function useDefaultPayers({ draft, view, isSaved, onChange }: PayFieldsProps) {
  const offered = useRef(isSaved ? draft.student_id : null);
  useEffect(() => {
    const student = view?.student?.id;
    if (student === undefined || student !== draft.student_id || student === offered.current)
      return;
    offered.current = student;
    const shares = view?.default_payers.map((payer) => payer.share) ?? [];
    if (shares.length > 0 && draft.payers.length === 0) void choosePayers(shares, onChange);
  }, [draft, view, onChange]);
}

/** The payers by their names; where nobody is named, the student pays. */
function PaidBy(props: PayFieldsProps) {
  const { draft, view, currency, onChange } = props;
  const { t } = useTranslation("invoices");
  const [isOpen, setOpen] = useState(false);
  useDefaultPayers(props);
  const defaults = view?.default_payers ?? [];
  const shares = defaults.map((payer) => payer.share);
  const isDefault = shares.length > 0 && sameShares(shares, draft.payers);
  const now = draft.payers.length === 0 ? NOBODY : isDefault ? DEFAULT : CHOSEN;
  function choose(id: string) {
    if (id === CHOOSE) setOpen(true);
    else if (id === NOBODY) onChange({ payers: [] });
    else if (id === DEFAULT) void choosePayers(shares, onChange);
  }
  return (
    <>
      <Select
        label={t("paid_by")}
        name="payers"
        isDisabled={!view?.student}
        value={now}
        options={[
          { id: NOBODY, name: t("paid_by_student") },
          ...(shares.length > 0 ? [{ id: DEFAULT, name: namesOf(defaults) }] : []),
          ...(now === CHOSEN ? [{ id: CHOSEN, name: namesOf(view?.payers ?? []) }] : []),
          { id: CHOOSE, name: t("payers_choose") },
        ]}
        onChange={choose}
      />
      {isOpen && view?.student && (
        <PayersDialog
          rows={view.payers.map(rowOf)}
          student={view.student}
          currency={currency}
          onClose={() => setOpen(false)}
          onChoose={(payers) => void choosePayers(payers, onChange)}
        />
      )}
    </>
  );
}
