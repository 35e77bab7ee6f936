import { Check, ChevronRight, Copy, HelpCircle, X } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCommands } from "~/commands/registry";
import { causeWords } from "~/i18n/causes";
import type { CauseView } from "~/ipc/gen/CauseView";
import { type GridSelection, NOTHING_SELECTED } from "~/ui/grid";
import { Amount, Button, cx, Icon, Moment, toast } from "~/ui/primitives";
import { useCauseRows } from "./api";
import { CauseDocuments } from "./CauseDocuments";
import { CauseFoot } from "./CauseFoot";
import type { Group } from "./CauseList";
import { MappingFix } from "./MappingFix";
import s from "./Review.module.css";
import { meantBy, verbsOf } from "./verbs";

export interface CauseDetailProps {
  cause: CauseView;
  group: Group;
  /** The system's own name. */
  system: string;
}

/** Always the same three answers, then the fix in place, the documents, and one verb. */
export function CauseDetail({ cause, group, system }: CauseDetailProps) {
  const words = causeWords(cause, system);
  const verbs = verbsOf(cause, group);
  const rows = useCauseRows(cause.id);
  const [selection, setSelection] = useState<GridSelection>(NOTHING_SELECTED);
  const [choice, setChoice] = useState<MappingPick | null>(null);
  const total = rows.page?.total ?? cause.documents;
  return (
    <section className={s.detail} aria-label={words.title}>
      <CauseHead cause={cause} title={words.title} />
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
        meant={meantBy(selection, total)}
        total={total}
        choice={choice}
        onDone={() => setSelection(NOTHING_SELECTED)}
      />
    </section>
  );
}

/** What stopped, since when, and how much of it there is. */
function CauseHead({ cause, title }: { cause: CauseView; title: string }) {
  const { t } = useTranslation("review");
  const copy = () => copyDetails(cause, title, t("copied"));
  useCommands([
    { id: "review.copy", title: () => t("copy"), group: "screen", keys: "y", run: copy },
  ]);
  return (
    <header className={s.detailHead}>
      <div className="grow">
        <h2>{title}</h2>
        <p className="t3 num">
          {t("documents", { count: cause.documents })}
          {cause.amount && (
            <>
              {" · "}
              <Amount of={cause.amount} />
            </>
          )}
          {" · "}
          {t("first_on")} <Moment of={cause.since} />
          {cause.next_attempt_at && (
            <>
              {" · "}
              {t("next_by_itself")} <Moment of={cause.next_attempt_at} />
            </>
          )}
        </p>
      </div>
      <Button variant="quiet" icon={Copy} keys="y" onPress={copy}>
        {t("copy")}
      </Button>
    </header>
  );
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

function copyDetails(cause: CauseView, title: string, said: string) {
  void navigator.clipboard
    .writeText(`${title}\n${JSON.stringify(cause, null, 2)}`)
    .then(() => toast({ text: said, tone: "info" }));
}
