import { useTranslation } from "react-i18next";
import { formatAmount } from "~/domain/money";
import { useDesk } from "~/ipc/desk";
import {
  Amount,
  Checkbox,
  Day,
  FormDialog,
  NumberField,
  Segmented,
  TextField,
} from "~/ui/primitives";
import { asTyped } from "./form";
import s from "./Plan.module.css";
import { EvenFields, TypedRows } from "./PlanFields";
import { type PlanDialogProps, type PlanFormState, usePlanForm } from "./usePlanForm";

/** Agrees a payment plan, or a later one in place of one that holds. */
export function PlanDialog(props: PlanDialogProps) {
  const { t } = useTranslation("plans");
  const state = usePlanForm(props);
  const { form, change, preview, problem, agree, refused } = state;
  return (
    <FormDialog
      title={props.replaces ? t("change_title") : t("new_title")}
      verb={
        preview && !problem
          ? t("agree_amount", { amount: formatAmount(preview.total) })
          : t("agree")
      }
      onClose={props.onClose}
      onSubmit={state.submit}
      isBusy={agree.isPending}
      disabledReason={problem ?? (preview ? undefined : t("trying"))}
      trouble={agree.error ? refused.elsewhere : undefined}
    >
      <Invoices state={state} replaces={props.replaces?.id ?? null} />
      <Segmented<"even" | "typed">
        label={t("way")}
        value={form.way}
        options={[
          { id: "even", name: t("way_even") },
          { id: "typed", name: t("way_typed") },
        ]}
        onChange={(way) =>
          change(
            way === "typed" && form.typed.length === 0
              ? { way, typed: asTyped(preview?.instalments ?? []) }
              : { way },
          )
        }
      />
      {form.way === "even" ? <EvenFields state={state} /> : <TypedRows state={state} />}
      <div className={s.sum}>
        <span className="t2">{t("comes_to")}</span>
        <span>
          {preview && <Amount of={preview.sum} look="strong" withCurrency />}
          {state.missing && (
            <span className="fg-danger">
              {" "}
              {t("missing", { amount: formatAmount(state.missing) })}
            </span>
          )}
        </span>
      </div>
      <div className={s.pair}>
        <NumberField
          label={t("grace")}
          hint={t("grace_hint")}
          name="grace_days"
          decimals={0}
          suffix={t("days")}
          value={form.grace}
          onChange={(grace) => change({ grace })}
          error={state.fieldProblem("grace_days")}
        />
        <TextField
          label={t("note")}
          name="note"
          maxLength={500}
          value={form.note}
          onChange={(note) => change({ note })}
        />
      </div>
    </FormDialog>
  );
}

/** The open invoices a plan may take up, each with all that is open of it. */
function Invoices({ state, replaces }: { state: PlanFormState; replaces: string | null }) {
  const { t } = useTranslation("plans");
  const { currency: ofBooks } = useDesk();
  const { form, change, free, chosen } = state;
  const toggle = (id: string, isOn: boolean) =>
    change({
      invoices: isOn ? [...form.invoices, id] : form.invoices.filter((other) => other !== id),
    });
  if (free.length === 0) return <p className="t2">{t("nothing_open")}</p>;
  return (
    <fieldset className={s.invoices}>
      <legend>{t("invoices")}</legend>
      <div className={s.pick}>
        {free.map((item) => (
          <div key={item.invoice_id} className={s.pickRow}>
            <Checkbox
              isSelected={form.invoices.includes(item.invoice_id)}
              isDisabled={chosen !== undefined && chosen.open.currency !== item.open.currency}
              onChange={(isOn) => toggle(item.invoice_id, isOn)}
            >
              <span className="num">{item.number}</span>
              {item.plan_id !== null && item.plan_id === replaces && (
                <span className="t3"> {t("in_this_plan")}</span>
              )}
            </Checkbox>
            <span className={item.days_overdue > 0 ? "fg-danger small" : "t3 small"}>
              {t("due")} <Day of={item.due_date} />
            </span>
            <Amount of={item.open} look="main" withCurrency={item.open.currency !== ofBooks} />
          </div>
        ))}
      </div>
      {free.some((item) => item.open.currency !== free[0]?.open.currency) && (
        <p className="t3 small">{t("one_currency")}</p>
      )}
    </fieldset>
  );
}
