import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "~/ipc/desk";
import { fieldFaults } from "~/ipc/fieldFaults";
import type { ExchangeRateRow } from "~/ipc/gen/ExchangeRateRow";
import { useRpcMutation } from "~/ipc/hooks";
import { rateText } from "~/ui/exchange/words";
import {
  Button,
  DateField,
  Day,
  Dialog,
  FormDialog,
  NumberField,
  Table,
  TextField,
  toast,
} from "~/ui/primitives";
import { othersOf, type RatesOf } from "./rates";
import s from "./Settings.module.css";

interface RateDialogProps {
  /** The currency that gets a rate; null for one that has none yet. */
  of: RatesOf | null;
  base: string;
  mayChange: boolean;
  onClose: () => void;
}

const FIELDS = ["currency", "rate", "on", "source"];
/** As many as the backend keeps. */
const RATE_DECIMALS = 10;

const draftOf = (of: RatesOf | null, today: string) => ({
  currency: of?.currency ?? "",
  rate: null as string | null,
  on: today as string | null,
  source: of?.now?.source ?? "",
});
type Draft = ReturnType<typeof draftOf>;

/** A rate of a currency from a day on. Documents that are issued keep the rate they were issued by. */
export function RateDialog(props: RateDialogProps) {
  const { of, mayChange, onClose } = props;
  const { t } = useTranslation(["exchange", "common"]);
  if (mayChange || of === null) return <SetRate {...props} />;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("rates_of", { currency: of.currency })}
      actions={
        <Button size="form" onPress={onClose}>
          {t("common:close")}
        </Button>
      }
    >
      <RatesTable rates={of.all} />
    </Dialog>
  );
}

function SetRate({ of, base, onClose }: RateDialogProps) {
  const { t } = useTranslation("exchange");
  const { today } = useDesk();
  const [draft, setDraft] = useState(() => draftOf(of, today));
  const [wasTried, setTried] = useState(false);
  const save = useRpcMutation("set_exchange_rate");
  const refused = fieldFaults(save.error, FIELDS);
  const currency = draft.currency.trim().toUpperCase();
  const { rate, on, source } = draft;

  function submit() {
    setTried(true);
    if (currency === "" || rate === null || on === null) return;
    save.mutate(
      { currency, rate, on, source: source.trim() },
      {
        onSuccess: () => {
          toast({ text: t("rate_saved", { currency, rate: rateText(rate), base }) });
          onClose();
        },
      },
    );
  }
  return (
    <FormDialog
      title={of ? t("new_rate_of", { currency: of.currency }) : t("new_rate")}
      verb={t("save_rate")}
      width="narrow"
      onClose={onClose}
      onSubmit={submit}
      isBusy={save.isPending}
      trouble={refused.elsewhere}
    >
      <p className="t2">{t("rate_note")}</p>
      <RateFields
        draft={draft}
        isNew={of === null}
        base={base}
        errorAt={(field, value) => (wasTried && !value ? t("need_this") : refused.at[field])}
        onChange={(next) => setDraft((before) => ({ ...before, ...next }))}
      />
      {of && <EarlierRates of={of} />}
    </FormDialog>
  );
}

interface RateFieldsProps {
  draft: Draft;
  isNew: boolean;
  base: string;
  errorAt: (field: string, value: string | null) => string | undefined;
  onChange: (next: Partial<Draft>) => void;
}

function RateFields({ draft, isNew, base, errorAt, onChange }: RateFieldsProps) {
  const { t } = useTranslation("exchange");
  const { today } = useDesk();
  const currency = draft.currency.trim().toUpperCase();
  return (
    <>
      <div className={s.pair}>
        <TextField
          label={t("currency")}
          name="currency"
          isRequired
          isReadOnly={!isNew}
          autoFocus={isNew}
          maxLength={3}
          placeholder={isNew ? t("currency_code") : undefined}
          value={draft.currency}
          onChange={(typed) => onChange({ currency: typed.toUpperCase() })}
          error={errorAt("currency", currency)}
        />
        <DateField
          label={t("holds_since")}
          name="on"
          isRequired
          today={today}
          value={draft.on}
          onChange={(on) => onChange({ on })}
          error={errorAt("on", draft.on)}
        />
      </div>
      <NumberField
        label={t("rate")}
        name="rate"
        isRequired
        autoFocus={!isNew}
        suffix={base}
        decimals={RATE_DECIMALS}
        hint={t("rate_for_unit", { base, currency: currency || "EUR" })}
        value={draft.rate}
        onChange={(rate) => onChange({ rate })}
        error={errorAt("rate", draft.rate)}
      />
      <TextField
        label={t("source")}
        name="source"
        maxLength={60}
        hint={t("source_hint")}
        value={draft.source}
        onChange={(source) => onChange({ source })}
        error={errorAt("source", "–")}
      />
    </>
  );
}

/** What is not in force, folded away: it counts only for documents of its days. */
function EarlierRates({ of }: { of: RatesOf }) {
  const { t } = useTranslation("exchange");
  if (othersOf(of).length === 0) return null;
  return (
    <details className={s.earlier}>
      <summary>{t("all_rates", { count: of.all.length })}</summary>
      <RatesTable rates={of.all} />
    </details>
  );
}

function RatesTable({ rates }: { rates: readonly ExchangeRateRow[] }) {
  const { t } = useTranslation("exchange");
  return (
    <Table
      label={t("rates")}
      rows={rates}
      rowId={(row) => row.on}
      columns={[
        {
          id: "on",
          header: t("holds_since"),
          width: "112px",
          cell: (row) => (
            <span className={row.in_force ? "medium" : "t2"}>
              <Day of={row.on} look="long" />
            </span>
          ),
        },
        {
          id: "source",
          header: t("source"),
          cell: (row) => <span className="t2">{row.source || "–"}</span>,
        },
        {
          id: "rate",
          header: t("rate"),
          align: "end",
          width: "96px",
          cell: (row) => (
            <span className={`num ${row.in_force ? "medium" : "t2"}`}>{rateText(row.rate)}</span>
          ),
        },
      ]}
    />
  );
}
