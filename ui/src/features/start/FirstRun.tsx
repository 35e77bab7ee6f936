import { Check } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { faultOf, faultText } from "~/ipc/errors";
import type { DeskStatus } from "~/ipc/gen/DeskStatus";
import { ActionBar, Button, Icon, Note } from "~/ui/primitives";
import { useCreateSchool } from "./api";
import { Frame } from "./Frame";
import { type Draft, emptyDraft, problemsOf, requestOf, STEPS, type Step } from "./form";
import { JustLooking } from "./JustLooking";
import { PaperPreview } from "./PaperPreview";
import s from "./Start.module.css";
import { StepFields } from "./StepFields";
import { stepSummary } from "./summary";

/** Five short steps to a school of one's own, or one press to the invented one. */
export function FirstRun({ status }: { status: DeskStatus }) {
  const { t } = useTranslation("start");
  const [empty] = useState<Draft>(() => emptyDraft(status));
  const [draft, setDraft] = useState<Draft>(empty);
  const [at, setAt] = useState<Step>("school");
  const [shown, setShown] = useState(false);
  const create = useCreateSchool();
  const problems = problemsOf(at, draft);
  const index = STEPS.indexOf(at);
  const next = STEPS[index + 1];
  const goOn = () => {
    if (Object.keys(problems).length > 0) return setShown(true);
    setShown(false);
    if (next) return setAt(next);
    create.run(requestOf(draft));
  };
  return (
    <Frame word={t("set_up")} isHalfTyped={JSON.stringify(draft) !== JSON.stringify(empty)}>
      <form
        className={s.columns}
        onSubmit={(event) => {
          event.preventDefault();
          goOn();
        }}
      >
        <div className={s.left}>
          <div className={s.scroll}>
            <div className={s.setup}>
              <h1 className={s.title}>{t("title")}</h1>
              <p className="t2">{t("intro")}</p>
              <Steps
                at={at}
                draft={draft}
                status={status}
                problems={shown ? problems : {}}
                onGoTo={setAt}
                onChange={(change) => setDraft((d) => ({ ...d, ...change }))}
              />
              {create.error && <Note tone="danger">{faultText(faultOf(create.error))}</Note>}
            </div>
          </div>
          <ActionBar
            actions={
              <>
                {index > 0 && (
                  <Button size="form" onPress={() => setAt(STEPS[index - 1] ?? "school")}>
                    {t("back")}
                  </Button>
                )}
                <Button type="submit" variant="primary" size="form" isBusy={create.isPending}>
                  {next ? t("go_on", { step: t(`step_${next}`) }) : t("create")}
                </Button>
              </>
            }
          >
            <span className="t2">{t("nothing_yet")}</span>
          </ActionBar>
        </div>
        <aside className={s.right} aria-label={t("preview")}>
          <PaperPreview draft={draft} />
          <JustLooking status={status} />
        </aside>
      </form>
    </Frame>
  );
}

interface StepsProps {
  at: Step;
  draft: Draft;
  status: DeskStatus;
  problems: ReturnType<typeof problemsOf>;
  onGoTo: (step: Step) => void;
  onChange: (change: Partial<Draft>) => void;
}

/** What is done in few words, the step that is written, and what comes. */
function Steps({ at, draft, status, problems, onGoTo, onChange }: StepsProps) {
  const { t } = useTranslation("start");
  const index = STEPS.indexOf(at);
  return (
    <ol className={s.steps}>
      {STEPS.map((step, place) => (
        <li key={step} className={s.step} data-state={stateOf(place, index)}>
          <span className={s.stepMark}>
            {place < index ? <Icon of={Check} size={14} /> : place + 1}
          </span>
          <div className={s.stepBody}>
            <h2 className={s.stepName}>{t(`step_${step}`)}</h2>
            <p className="t2">
              {place < index ? stepSummary(step, draft, t) : t(`step_${step}_what`)}
            </p>
            {step === at && (
              <StepFields
                step={step}
                draft={draft}
                status={status}
                problems={problems}
                onChange={onChange}
              />
            )}
          </div>
          {place < index && (
            <Button variant="quiet" onPress={() => onGoTo(step)}>
              {t("change")}
            </Button>
          )}
        </li>
      ))}
    </ol>
  );
}

function stateOf(place: number, at: number): "done" | "now" | "later" {
  if (place < at) return "done";
  return place === at ? "now" : "later";
}
