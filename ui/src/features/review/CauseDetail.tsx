import { Check, ChevronRight, HelpCircle, X } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { causeWords } from "~/i18n/causes";
import type { CauseRecords } from "~/ipc/gen/CauseRecords";
import type { CauseView } from "~/ipc/gen/CauseView";
import type { ExportRow } from "~/ipc/gen/ExportRow";
import { useMay } from "~/ipc/session";
import { type GridSelection, isSelected, NOTHING_SELECTED, type WindowedRows } from "~/ui/grid";
import { cx, Icon } from "~/ui/primitives";
import { useCauseRows } from "./api";
import { CauseDocuments } from "./CauseDocuments";
import { CauseFoot } from "./CauseFoot";
import { CauseHead } from "./CauseHead";
import type { Group } from "./CauseList";
import { CustomerFix } from "./CustomerFix";
import type { CustomerDraft } from "./customer";
import type { Team } from "./GiveMenu";
import { MappingFix } from "./MappingFix";
import s from "./Review.module.css";
import { isCustomer, type Meant, meantBy, verbsOf } from "./verbs";

export interface CauseDetailProps {
  cause: CauseView;
  group: Group;
  /** The system's own name. */
  system: string;
  team: Team;
}

/** Always the same three answers, then the fix in place, the documents, and one verb. */
export function CauseDetail({ cause, group, system, team }: CauseDetailProps) {
  const words = causeWords(cause, system);
  const verbs = verbsOf(cause, group);
  const rows = useCauseRows(cause.id);
  const [selection, setSelection] = useState<GridSelection>(NOTHING_SELECTED);
  const [choice, setChoice] = useState<MappingPick | null>(null);
  const [draft, setDraft] = useState<CustomerDraft | null>(null);
  const total = rows.page?.total ?? cause.documents;
  const meant = meantBy(selection, total);
  const single = singleRow(rows, meant, total);
  const mayMend = useMay("work") && group === "causes" && isCustomer(cause, single ?? rows.get(0));
  return (
    <section className={s.detail} aria-label={words.title}>
      <CauseHead cause={cause} title={words.title} team={team} />
      <Answers cause={cause} system={system} />
      {cause.mapping && group === "causes" && (
        <MappingFix
          cause={cause}
          mapping={cause.mapping}
          system={system}
          choice={choice}
          onChoose={setChoice}
        />
      )}
      {mayMend && (
        <CustomerFix cause={cause} system={system} row={single} draft={draft} onChange={setDraft} />
      )}
      <CauseDocuments
        rows={rows}
        selection={verbs.canSettle ? selection : undefined}
        onSelect={setSelection}
      />
      <CauseFoot
        cause={cause}
        system={system}
        verbs={verbs}
        isInDoubt={group === "checking" || cause.in_the_books === "unknown"}
        rows={rows}
        meant={meant}
        total={total}
        choice={choice}
        single={single}
        draft={mayMend && draft?.record === single?.id ? draft : null}
        onDone={() => {
          setSelection(NOTHING_SELECTED);
          setDraft(null);
        }}
      />
    </section>
  );
}

/** The one document that is meant, if it is one. */
function singleRow(
  rows: WindowedRows<ExportRow, CauseRecords>,
  meant: Meant,
  total: number,
): ExportRow | undefined {
  if (meant.count !== 1) return undefined;
  for (let at = 0; at < total; at++) {
    const row = rows.get(at);
    if (row && isSelected(meant.selection, row.id)) return row;
  }
  return undefined;
}

/** What happened, whether it is in the books, and what to do. */
function Answers({ cause, system }: { cause: CauseView; system: string }) {
  const { t } = useTranslation("review");
  const words = causeWords(cause, system);
  return (
    <div className={s.answers}>
      <div>
        <h3>{t("happened")}</h3>
        <p>{words.happened}</p>
        <Said text={cause.params.text} system={system} />
      </div>
      <div>
        <h3>{t("books")}</h3>
        <InTheBooks answer={cause.in_the_books} />
        <p>{words.books}</p>
      </div>
      <div>
        <h3>{t("todo")}</h3>
        <p>{words.advice}</p>
        {words.left && <p className={s.left}>{t("if_left", { text: words.left })}</p>}
      </div>
    </div>
  );
}

/** What of theirs was chosen for what of ours. */
export interface MappingPick {
  code: string;
  name: string;
  fromSuggestion: boolean;
}

const ANSWERS = ["yes", "no", "unknown"] as const;
const SIGNS = { yes: Check, no: X, unknown: HelpCircle } as const;

function InTheBooks({ answer }: { answer: string }) {
  const { t } = useTranslation("review");
  const known = ANSWERS.find((one) => one === answer) ?? "unknown";
  return (
    <div className={s.tri} role="img" aria-label={t("books_label", { answer: t(known) })}>
      {ANSWERS.map((one) => (
        <span
          key={one}
          className={cx(one === known && s.triOn, one === known && one === "unknown" && s.triDoubt)}
        >
          {one === known && <Icon of={SIGNS[one]} size={14} />}
          {t(one)}
        </span>
      ))}
    </div>
  );
}

/** The provider's own words stay folded: they are for whoever mends it. */
function Said({ text, system }: { text: string | undefined; system: string }) {
  const { t } = useTranslation("review");
  if (!text) return null;
  return (
    <details className={s.said}>
      <summary>
        <Icon of={ChevronRight} size={12} />
        {t("said", { system })}
      </summary>
      <p>{text}</p>
    </details>
  );
}
