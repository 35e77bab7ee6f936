import { Link } from "@tanstack/react-router";
import { CalendarCheck2, Monitor } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { formatAmount } from "~/domain/money";
import { faultOf, faultText } from "~/ipc/errors";
import type { RecurringRow } from "~/ipc/gen/RecurringRow";
import type { RecurringView } from "~/ipc/gen/RecurringView";
import { useMay } from "~/ipc/session";
import {
  Banner,
  Button,
  Day,
  Facts,
  Figure,
  Page,
  PageHead,
  Scroll,
  UnreadPage,
} from "~/ui/primitives";
import { useTermsText } from "~/ui/terms/TermsField";
import { useCheckText } from "../editor/checkText";
import { oneRecurringRoute } from "../routes";
import { useRecurring, useRecurringList, useSetState } from "./api";
import { EndDialog, MakeDialog } from "./Dialogs";
import { DatesTable, MadeTable } from "./Made";
import { PageVerbs } from "./PageVerbs";
import s from "./Recurring.module.css";
import { StatePill, useRhythmText } from "./words";

/** One template: what comes next, what it comes to, and what was made of it. */
export function RecurringPage() {
  const { t } = useTranslation("recurring");
  const { id } = oneRecurringRoute.useParams();
  const { data: view, error } = useRecurring(id);
  const [asked, ask] = useState<"end" | "make" | null>(null);
  const close = () => ask(null);
  const crumb = <Link to="/invoices/recurring">{t("title")}</Link>;
  if (!view)
    return (
      <UnreadPage
        crumb={crumb}
        title={t("one")}
        fault={error ? faultText(faultOf(error)) : undefined}
        action={<Link to="/invoices/recurring">{t("to_list")}</Link>}
      />
    );
  const { row, dates, made } = view;
  return (
    <Page>
      <PageHead
        crumb={crumb}
        title={row.template.name}
        badge={<StatePill state={row.state} isHeader />}
        actions={<PageVerbs row={row} onEnd={() => ask("end")} />}
      />
      <Banners view={view} onMake={() => ask("make")} />
      <Scroll width="full">
        <Standing row={row} />
        {dates.length > 0 && (
          <section>
            <div className={s.sectionHead}>
              <h2>{t("dates")}</h2>
              <span className="t3">{t("dates_what", { count: row.students.length })}</span>
            </div>
            <DatesTable dates={dates} look="page" />
          </section>
        )}
        <section>
          <div className={s.sectionHead}>
            <h2>{t("made")}</h2>
            <span className="t3 num">{row.made}</span>
          </div>
          {made.length > 0 ? (
            <MadeTable made={made} look="page" />
          ) : (
            <p className={s.nothing}>{t("nothing_made")}</p>
          )}
        </section>
      </Scroll>
      {asked === "end" && <EndDialog row={row} onClose={close} />}
      {asked === "make" && <Making onClose={close} />}
    </Page>
  );
}

/** What is made is all that has come, also of other templates: the dialog shows it. */
function Making({ onClose }: { onClose: () => void }) {
  const due = useRecurringList().data?.due;
  return due && due.length > 0 ? <MakeDialog due={due} onClose={onClose} /> : null;
}

/** What needs a person: dates that have come, a rule that is broken, another desk. */
function Banners({ view, onMake }: { view: RecurringView; onMake: () => void }) {
  const { t } = useTranslation("recurring");
  const mayWork = useMay("work");
  const words = useCheckText();
  const take = useSetState();
  const { row, checks } = view;
  const { id, issue } = row.template;
  const wrong = row.state === "ended" ? undefined : checks[0];
  return (
    <>
      {wrong && issue && (
        <Banner tone="danger" title={t("cannot_issue")}>
          {words(wrong)}
        </Banner>
      )}
      {row.due > 0 && row.is_here && (
        <Banner
          tone="info"
          icon={CalendarCheck2}
          title={t("due_dates", { count: row.due })}
          actions={
            mayWork && (
              <Button size="small" onPress={onMake}>
                {t("look_and_make")}
              </Button>
            )
          }
        >
          {t("due_body", { count: row.due })}
        </Banner>
      )}
      {!row.is_here && row.state !== "ended" && (
        <Banner
          tone="warning"
          icon={Monitor}
          title={t("elsewhere", { desk: row.desk })}
          actions={
            mayWork && (
              <Button
                size="small"
                isBusy={take.isPending}
                onPress={() => take.mutate({ id, state: row.state, here: true })}
              >
                {t("take_here")}
              </Button>
            )
          }
        >
          {take.error ? faultText(faultOf(take.error)) : t("elsewhere_body")}
        </Banner>
      )}
    </>
  );
}

function Standing({ row }: { row: RecurringRow }) {
  const { t } = useTranslation("recurring");
  const rhythm = useRhythmText();
  const terms = useTermsText();
  const { template } = row;
  const paid =
    template.payers === null
      ? t("paid_default")
      : row.payers.length > 0
        ? row.payers.join(" + ")
        : t("paid_student");
  return (
    <section className={s.standing} aria-label={t("how_it_goes")}>
      <Figure
        size="page"
        label={t("each")}
        unit={row.gross?.currency}
        value={row.gross ? formatAmount(row.gross) : "–"}
      />
      <Facts
        look="over"
        facts={[
          { label: t("for_whom"), value: <Students row={row} /> },
          { label: t("how_often"), value: rhythm(template) },
          { label: t("runs"), value: <Span row={row} /> },
          { label: t("becomes"), value: t(template.issue ? "issued_at_once" : "draft_to_look") },
          { label: t("paid_by"), value: paid },
          { label: t("terms"), value: terms(template.terms) },
          ...(template.note ? [{ label: t("note"), value: template.note }] : []),
        ]}
      />
    </section>
  );
}

function Students({ row }: { row: RecurringRow }) {
  const { t } = useTranslation("recurring");
  const shown = row.students.slice(0, 3);
  const more = row.students.length - shown.length;
  return (
    <span className={s.students}>
      {shown.map((student) => (
        <Link key={student.id} to="/students/$id" params={{ id: student.id }}>
          {student.name}
        </Link>
      ))}
      {more > 0 && (
        <span className="t2" title={row.students.map((student) => student.name).join(", ")}>
          {t("and_more", { count: more })}
        </span>
      )}
    </span>
  );
}

/** From when until when. */
function Span({ row }: { row: RecurringRow }) {
  const { t } = useTranslation("recurring");
  const { from, until, count } = row.template;
  return (
    <>
      <Day of={from} look="long" />
      {until && (
        <>
          {" – "}
          <Day of={until} look="long" />
        </>
      )}
      {count !== null && `, ${t("times", { count })}`}
    </>
  );
}
