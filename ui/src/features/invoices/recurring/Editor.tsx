import { Link, useBlocker, useNavigate } from "@tanstack/react-router";
import { Save } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCommands } from "~/commands/registry";
import { fieldFaults } from "~/ipc/fieldFaults";
import type { SaveRecurring } from "~/ipc/gen/SaveRecurring";
import type { SchoolView } from "~/ipc/gen/SchoolView";
import { Button, focusField, Note, Page, PageHead, toast } from "~/ui/primitives";
import { Checks } from "../editor/Checks";
import { priceIn } from "../editor/currency";
import s from "../editor/Editor.module.css";
import { LeaveDialog } from "../editor/LeaveDialog";
import { LineSheet } from "../editor/LineSheet";
import { Totals } from "../editor/Totals";
import { Ahead } from "./Ahead";
import { usePriced, useSave } from "./api";
import { BillFields } from "./BillFields";
import { draftOf, requestOf } from "./form";
import own from "./Recurring.module.css";
import { ScheduleFields } from "./ScheduleFields";
import { type Named, WhomFields } from "./WhomFields";

/** Short enough that totals follow the typing, long enough to ask once per word. */
const PAUSE_MS = 120;
/** What a refusal can stand at. */
const FIELDS = ["name", "student_ids", "every", "from", "until", "payers", "discount"];
/** What issuing checks that a template can be wrong in. */
const OF_TEMPLATE = new Set(["lines", "vat", "payers", "mapping", "exchange"]);

interface EditorProps {
  initial: SaveRecurring;
  /** Those it is for, by name. */
  students: readonly Named[];
  school: SchoolView;
  today: string;
  isNew: boolean;
}

function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

/** A template while it is worked on. */
function useTemplate(initial: SaveRecurring, isNew: boolean) {
  const { t } = useTranslation("recurring");
  const navigate = useNavigate();
  const [form, setForm] = useState(initial);
  const [isKept, setKept] = useState(false);
  const asked = useSettled(form);
  const save = useSave();
  const faults = fieldFaults(save.error, FIELDS);
  const send = (andThen?: () => void) =>
    save.mutate(requestOf(form), {
      onSuccess: (view) => {
        setKept(true);
        toast({ tone: "success", text: t(isNew ? "created" : "saved", { name: form.name }) });
        if (andThen) return andThen();
        void navigate({
          to: "/invoices/recurring/$id",
          params: { id: view.row.template.id },
          ignoreBlocker: true,
        });
      },
      onError: (thrown) => thrown.fault.field && focusField(thrown.fault.field),
    });
  return {
    form,
    asked,
    faults,
    isDirty: form !== initial && !isKept,
    isSaving: save.isPending,
    change: (change: Partial<SaveRecurring>) => setForm((old) => ({ ...old, ...change })),
    save: send,
  };
}

/** The form of a template: when, for whom, and what is billed; beside it, what comes of it. */
export function RecurringEditor({ initial, students, school, today, isNew }: EditorProps) {
  const { t } = useTranslation("recurring");
  const { form, asked, faults, ...editing } = useTemplate(initial, isNew);
  const priced = usePriced(draftOf(asked, today));
  const blocker = useBlocker({
    shouldBlockFn: () => editing.isDirty,
    withResolver: true,
    enableBeforeUnload: () => editing.isDirty,
  });
  useCommands([
    {
      id: "recurring.save",
      title: () => t("save"),
      group: "screen",
      keys: "mod+s",
      run: () => editing.save(),
    },
  ]);
  const view = priced.data;
  const checks = (view?.checks ?? []).filter((check) => OF_TEMPLATE.has(check.check));
  const currency = form.currency ?? school.currency;
  const isFresh = asked === form && !priced.isPlaceholderData;
  return (
    <Page>
      <PageHead
        crumb={<Link to="/invoices/recurring">{t("title")}</Link>}
        title={isNew ? t("new_title") : form.name}
        actions={
          <Button
            variant="primary"
            icon={Save}
            keys="mod+s"
            isBusy={editing.isSaving}
            onPress={() => editing.save()}
          >
            {t("save")}
          </Button>
        }
      />
      <div className={own.columns}>
        <div className={own.left}>
          <div className={own.scroll}>
            {faults.elsewhere && (
              <div className={own.note}>
                <Note tone="danger">{faults.elsewhere}</Note>
              </div>
            )}
            <ScheduleFields
              form={form}
              today={today}
              errors={faults.at}
              onChange={editing.change}
            />
            <WhomFields
              form={form}
              students={students}
              view={view}
              currency={currency}
              errors={faults.at}
              onChange={editing.change}
            />
            <BillFields
              form={form}
              currency={currency}
              school={school.currency}
              today={today}
              errors={faults.at}
              onChange={editing.change}
            />
            <LineSheet
              lines={form.lines}
              sums={view?.lines ?? []}
              checks={view?.checks ?? []}
              currency={currency}
              priceOf={priceIn(draftOf(form, today))}
              isFresh={isFresh}
              withVat={school.price_basis === "gross"}
              onChange={(lines) => editing.change({ lines })}
            />
          </div>
          <div className={s.foot}>
            <Checks checks={checks} lines={form.lines} />
            <Totals
              totals={view?.totals ?? null}
              exchange={view?.exchange ?? null}
              parts={view?.parts ?? []}
              isFresh={isFresh}
            />
          </div>
        </div>
        <Ahead template={requestOf(asked)} />
      </div>
      <LeaveDialog blocker={blocker} onSave={editing.save} isSaving={editing.isSaving} />
    </Page>
  );
}
