import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "~/ipc/desk";
import { faultText } from "~/ipc/errors";
import type { CreditView } from "~/ipc/gen/CreditView";
import {
  Amount,
  Button,
  type ComboOption,
  Day,
  EmptyState,
  Note,
  SkeletonLines,
  Table,
} from "~/ui/primitives";
import s from "./Payments.module.css";
import { SharesTable } from "./SharesTable";
import { UseCreditDialog } from "./UseCreditDialog";
import type { Recording } from "./useRecording";

interface SharePartProps {
  recording: Recording;
  currency: string;
  student: ComboOption | null;
}

/** What is open, and the credit that is already there. */
export function SharePart({ recording, currency, student }: SharePartProps) {
  const { t } = useTranslation("payments");
  const { form, fault, shares, checked, isStale } = recording;
  if (!student)
    return (
      <EmptyState kind="first_use" title={t("choose_student")}>
        {t("choose_student_body")}
      </EmptyState>
    );
  if (fault)
    return (
      <div className={s.inset}>
        <Note tone="danger" title={faultText(fault)} />
      </div>
    );
  if (!form)
    return (
      <div className={s.inset}>
        <SkeletonLines count={5} />
      </div>
    );
  return (
    <>
      {form.open_items.length === 0 ? (
        <NothingOpen name={student.name} currency={currency} />
      ) : (
        <section>
          <div className={s.sectionHead}>
            <h2>{t("open_invoices")}</h2>
            <span className="t3 num">{form.open_items.length}</span>
            <div className={s.sectionEnd}>
              <Button size="small" keys="o" onPress={recording.oldestFirst}>
                {t("oldest_first")}
              </Button>
              <Button size="small" keys="x" onPress={recording.clear}>
                {t("clear")}
              </Button>
            </div>
          </div>
          <SharesTable
            items={form.open_items}
            shares={shares}
            openAfter={checked?.open_after ?? []}
            currency={currency}
            isStale={isStale}
            onShare={recording.setShare}
          />
        </section>
      )}
      {form.credits.length > 0 && (
        <Credits
          credits={form.credits}
          studentId={student.id}
          canUse={form.open_items.length > 0}
          currency={currency}
        />
      )}
    </>
  );
}

/** The money waits as credit. In another currency something may be open all the same. */
function NothingOpen({ name, currency }: { name: string; currency: string }) {
  const { t } = useTranslation("payments");
  const isOwn = useDesk().currency === currency;
  const title = isOwn ? t("nothing_open", { name }) : t("nothing_open_in", { name, currency });
  return (
    <EmptyState kind="all_done" title={title}>
      {t("nothing_open_body")}
    </EmptyState>
  );
}

interface CreditsProps {
  credits: readonly CreditView[];
  studentId: string;
  canUse: boolean;
  currency: string;
}

/** Money and credit notes not set against anything yet. Using them is a record of its own. */
function Credits({ credits, studentId, canUse, currency }: CreditsProps) {
  const { t } = useTranslation("payments");
  const [chosen, setChosen] = useState<CreditView | null>(null);
  return (
    <section>
      <div className={s.sectionHead}>
        <h2>{t("credit_there")}</h2>
        <span className="t3 num">{credits.length}</span>
      </div>
      <Table
        label={t("credit_there")}
        look="page"
        rows={credits}
        rowId={(credit) => credit.source_id}
        columns={[
          {
            id: "label",
            header: t("what"),
            cell: (credit) => t(`source_${credit.source as "payment"}`, { label: credit.label }),
          },
          {
            id: "date",
            header: t("date"),
            width: "120px",
            cell: (credit) => (
              <span className="t2">
                <Day of={credit.date} />
              </span>
            ),
          },
          {
            id: "unused",
            header: t("unused"),
            align: "end",
            width: "136px",
            cell: (credit) => <Amount of={credit.unused} look="credit" />,
          },
          {
            id: "verb",
            header: <span className="sr">{t("use")}</span>,
            align: "end",
            width: "136px",
            cell: (credit) => (
              <Button
                size="small"
                disabledReason={canUse ? undefined : t("nothing_to_settle")}
                onPress={() => setChosen(credit)}
              >
                {t("use")}
              </Button>
            ),
          },
        ]}
      />
      {chosen && (
        <UseCreditDialog
          credit={chosen}
          studentId={studentId}
          currency={currency}
          onClose={() => setChosen(null)}
        />
      )}
    </section>
  );
}
