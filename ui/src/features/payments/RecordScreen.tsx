import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useCommands } from "~/commands/registry";
import { useDesk } from "~/ipc/desk";
import { faultOf } from "~/ipc/errors";
import { refusalText } from "~/ipc/refusal";
import { useAmountText } from "~/ui/exchange/words";
import { ActionBar, Button, Note, Page, PageHead, Split } from "~/ui/primitives";
import { Announced, NotHereYet } from "./Announced";
import { Changes } from "./Changes";
import { Foreign } from "./Foreign";
import { PaymentFields } from "./PaymentFields";
import s from "./Payments.module.css";
import { RecordSums } from "./RecordSums";
import { ReferenceNote } from "./ReferenceNote";
import { Remainder } from "./Remainder";
import { SharePart } from "./SharePart";
import { SmallRests } from "./SmallRests";
import { Surcharge } from "./Surcharge";
import { TwinNote } from "./TwinNote";
import { type RecordForm, useRecordForm } from "./useRecordForm";

/** Money received: whose, how much, and what it settles. */
export function RecordScreen() {
  const { t } = useTranslation("payments");
  const { today } = useDesk();
  const form = useRecordForm();
  const { draft, currency, payer, recording, money } = form;
  const { student } = payer;
  useRecordKeys(form);
  return (
    <Split>
      <Page>
        <PageHead crumb={<Link to="/payments">{t("title")}</Link>} title={t("record")} />
        <PaymentFields
          draft={draft}
          student={student}
          isNamed={payer.isNamed}
          today={today}
          currency={currency}
          errorAt={form.errorAt}
          onStudent={payer.choose}
          onChange={form.change}
          onReference={form.reference.change}
          onReferenceLeft={form.reference.leave}
        />
        <Announced isAnnounced={draft.pending} onChange={(pending) => form.change({ pending })} />
        <Foreign form={form} />
        <div className={s.work}>
          {form.error && (
            <div className={s.inset}>
              <Refusal form={form} currency={currency} />
            </div>
          )}
          <TwinNote student={student?.id ?? null} draft={draft} currency={currency} />
          <ReferenceNote of={form.reference} isAnnounced={draft.pending} />
          {draft.pending && student ? (
            <NotHereYet />
          ) : (
            <SharePart recording={recording} currency={currency} student={student} />
          )}
        </div>
        {!draft.pending && (
          <>
            <Surcharge
              of={form.surcharge}
              isTaken={form.takesSurcharge}
              onTake={form.takeSurcharge}
            />
            <SmallRests rests={form.rests} chosen={form.writeOff} onChoose={form.letGo} />
            <Remainder recording={recording} amount={money} name={student?.name ?? ""} />
          </>
        )}
        <RecordBar form={form} />
      </Page>
      <Changes
        recording={recording}
        draft={draft}
        onChange={form.change}
        amount={draft.pending ? null : money}
      />
    </Split>
  );
}

/** Why nothing was recorded; money that looks the same can be recorded all the same. */
function Refusal({ form, currency }: { form: RecordForm; currency: string }) {
  const { t } = useTranslation("payments");
  const isTwin = form.error !== null && faultOf(form.error).rule === "duplicate";
  const all = <Button onPress={form.submitAnother}>{t("record_another")}</Button>;
  return (
    <Note
      tone={isTwin ? "warning" : "danger"}
      title={refusalText(form.error, currency)}
      actions={isTwin ? all : undefined}
    >
      {t("nothing_recorded")}
    </Note>
  );
}

function RecordBar({ form }: { form: RecordForm }) {
  const { t } = useTranslation("payments");
  const { money, total } = form;
  const amountText = useAmountText();
  return (
    <ActionBar
      actions={
        <>
          <Button size="form" onPress={() => history.back()}>
            {t("cancel")}
          </Button>
          <Button
            size="form"
            variant="primary"
            keys="mod+enter"
            isBusy={form.isBusy}
            disabledReason={form.reason}
            onPress={form.submit}
          >
            {total ? t("record_amount", { amount: amountText(total) }) : t("record")}
          </Button>
        </>
      }
    >
      {!form.draft.pending && <RecordSums recording={form.recording} amount={money} />}
    </ActionBar>
  );
}

function useRecordKeys({ recording, submit }: RecordForm) {
  const { t } = useTranslation("payments");
  const verb = (id: string, title: string, keys: string, run: () => void) =>
    ({ id: `payment.${id}`, title: () => title, group: "screen", keys, run }) as const;
  useCommands([
    verb("record", t("record"), "mod+enter", submit),
    verb("oldest", t("oldest_first"), "o", recording.oldestFirst),
    verb("clear", t("clear"), "x", recording.clear),
  ]);
}
