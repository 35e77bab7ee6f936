import { useTranslation } from "react-i18next";
import { isNegative, type Money } from "~/domain/money";
import { Amount, Table, TextArea } from "~/ui/primitives";
import type { PaymentDraft } from "./draft";
import s from "./Payments.module.css";
import type { Recording } from "./useRecording";

interface ChangesProps {
  recording: Recording;
  draft: PaymentDraft;
  amount: Money | null;
  onChange: (next: Partial<PaymentDraft>) => void;
}

interface Line {
  id: string;
  label: string;
  now: Money | undefined;
  after: Money | undefined;
}

/** The student's balance before and after, and a note for the office. */
export function Changes({ recording, draft, amount, onChange }: ChangesProps) {
  const { t } = useTranslation("payments");
  const { checked, form, isStale } = recording;
  const now = checked?.balance_now ?? form?.balance;
  const lines: Line[] = [
    {
      id: "balance",
      label: t(now && isNegative(now) ? "has_credit" : "owes"),
      now,
      after: amount === null ? now : checked?.balance_after,
    },
  ];
  return (
    <aside className={s.aside} aria-label={t("what_changes")}>
      <h2 className={s.asideHead}>{t("what_changes")}</h2>
      <section className={s.part}>
        <h3>{form ? t("balance_of", { name: form.student }) : t("balance")}</h3>
        <div className={isStale ? s.stale : undefined}>
          <Table
            label={t("what_changes")}
            rows={lines}
            rowId={(line) => line.id}
            columns={[
              {
                id: "label",
                header: <span className="sr">{t("what")}</span>,
                cell: (line) => line.label,
                width: "32%",
              },
              {
                id: "now",
                header: t("now"),
                align: "end",
                cell: (line) => (
                  <span className="t2">
                    <Amount of={line.now} />
                  </span>
                ),
              },
              {
                id: "after",
                header: t("after"),
                align: "end",
                cell: (line) => (
                  <Amount
                    of={line.after}
                    look={line.after && isNegative(line.after) ? "credit" : "strong"}
                  />
                ),
              },
            ]}
          />
        </div>
        <p className="t3 small">{t("minus_is_credit")}</p>
      </section>
      <section className={s.part}>
        <TextArea
          label={t("note")}
          name="note"
          hint={t("note_hint")}
          value={draft.note}
          onChange={(note) => onChange({ note })}
        />
      </section>
    </aside>
  );
}
