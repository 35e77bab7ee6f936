import { useTranslation } from "react-i18next";
import { formatDate } from "~/domain/dates";
import type { HalfYearRate } from "~/ipc/gen/HalfYearRate";
import type { ReminderSettings } from "~/ipc/gen/ReminderSettings";
import { usePreferences } from "~/ui/preferences";
import { Day, Note, NumberField, Switch, Table } from "~/ui/primitives";
import type { ScheduleDraft } from "./schedule";

interface InterestProps {
  settings: ReminderSettings;
  draft: ScheduleDraft;
  onChange: (next: Partial<Pick<ScheduleDraft, "withInterest" | "ownRates">>) => void;
  error?: string;
}

/** Whether reminders ask for interest by law, and the rates that the school must enter itself. */
export function InterestFields({ settings, draft, onChange, error }: InterestProps) {
  const { t } = useTranslation("settings");
  const from = settings.interest_from;
  return (
    <>
      <Switch
        isSelected={draft.withInterest && from !== null}
        onChange={(withInterest) => onChange({ withInterest })}
        isDisabled={from === null}
      >
        {t("with_interest")}
      </Switch>
      <p className="t2">
        {from === null
          ? t("interest_none")
          : t(from === "all" ? "interest_about" : "interest_about_businesses")}
      </p>
      {from !== null && draft.withInterest && (
        <>
          {error && <Note tone="danger" title={error} />}
          <Rates settings={settings} draft={draft} onChange={onChange} />
        </>
      )}
    </>
  );
}

/** What the law adds its points to. */
const BASES: Record<string, "rate_DE" | "rate_GB"> = { DE: "rate_DE", GB: "rate_GB" };

function Rates({ settings, draft, onChange }: Omit<InterestProps, "error">) {
  const { t } = useTranslation("settings");
  const { language } = usePreferences();
  const base = BASES[settings.country] ?? "rate_NO";
  const rate = (row: HalfYearRate) =>
    row.is_law ? (
      <span className="num">{row.rate} %</span>
    ) : (
      <NumberField
        label={t("rate_from", { day: formatDate(row.from, "long", language) })}
        hideLabel
        name="own_rates"
        decimals={2}
        suffix="%"
        value={draft.ownRates[row.from] ?? null}
        onChange={(typed) => onChange({ ownRates: { ...draft.ownRates, [row.from]: typed } })}
      />
    );
  return (
    <Table
      label={t("rates")}
      columns={[
        { id: "from", header: t("rate_since"), cell: (row) => <Day of={row.from} look="long" /> },
        { id: "rate", header: t(base), cell: rate, align: "end", width: "148px" },
        {
          id: "source",
          header: t("rate_source"),
          cell: (row) => t(row.is_law ? "rate_by_law" : "rate_by_school"),
          width: "50%",
        },
      ]}
      rows={settings.rates}
      rowId={(row) => row.from}
    />
  );
}
