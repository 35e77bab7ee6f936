import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { formatDate } from "~/domain/dates";
import { formatAmount } from "~/domain/money";
import { placeOf } from "~/domain/places";
import { usePreferences } from "~/ui/preferences";
import { Note } from "~/ui/primitives";
import { useTwins } from "./api";
import type { PaymentDraft } from "./draft";
import s from "./Payments.module.css";
import { twinOf } from "./shares";

interface TwinNoteProps {
  student: string | null;
  draft: PaymentDraft;
  currency: string;
}

/** The same amount of the same student at about the same day: said, never refused. */
export function TwinNote({ student, draft, currency }: TwinNoteProps) {
  const { t } = useTranslation("payments");
  const { language } = usePreferences();
  const rows = useTwins(student, draft.amount).data?.rows ?? [];
  if (draft.amount === null || draft.received_on === null) return null;
  const twin = twinOf(rows, { amount: draft.amount, currency }, draft.received_on);
  if (!twin) return null;
  const facts = {
    amount: formatAmount(twin.amount),
    date: formatDate(twin.received_on, "long", language),
    method: twin.method_name,
  };
  return (
    <div className={s.inset}>
      <Note
        tone="warning"
        title={t("twin")}
        actions={<Link to={placeOf("payment", twin.id)}>{t("twin_open")}</Link>}
      >
        {t("twin_body", facts)}
      </Note>
    </div>
  );
}
