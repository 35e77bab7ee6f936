import { Link } from "@tanstack/react-router";
import { Play, Printer } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { StatusShape, Tone } from "~/domain/status";
import { faultOf, faultText } from "~/ipc/errors";
import type { RunDetail } from "~/ipc/gen/RunDetail";
import { useDone } from "~/ipc/hooks";
import { openFile } from "~/ipc/host";
import {
  Amount,
  Button,
  Day,
  Facts,
  Moment,
  Note,
  Page,
  PageHead,
  Pill,
  Progress,
  toast,
  UnreadPage,
} from "~/ui/primitives";
import { runPaper, useCancelRun, useContinueRun, useRun } from "./api";
import s from "./Charges.module.css";
import { EmailButton, UnsettledMails, useMailsText } from "./RunMails";
import { RunParts } from "./RunParts";
import { runRoute } from "./routes";

const LOOKS: Record<string, { tone: Tone; shape: StatusShape }> = {
  running: { tone: "warning", shape: "clock" },
  finished: { tone: "success", shape: "done" },
  cancelled: { tone: "neutral", shape: "void" },
};

/** What a run issued and what it left out; it can go on where it stopped. */
export function RunPage() {
  const { t } = useTranslation("charges");
  const { id } = runRoute.useParams();
  const answer = useRun(id);
  const progress = useDone("run");
  const stop = useCancelRun();
  const crumb = <Link to="/charges/run">{t("run")}</Link>;
  if (answer.data === undefined)
    return (
      <UnreadPage
        title={t("run")}
        crumb={crumb}
        fault={answer.error ? faultText(faultOf(answer.error)) : undefined}
        action={<Link to="/charges">{t("to_list")}</Link>}
      />
    );
  const { run } = answer.data;
  return (
    <Page>
      <PageHead
        crumb={crumb}
        title={t("run_title", { count: run.issued })}
        badge={
          <Pill {...(LOOKS[run.state] ?? { tone: "neutral", shape: "none" })}>
            {t(`run_${run.state as "running"}`)}
          </Pill>
        }
        actions={<Verbs detail={answer.data} isMoving={progress !== null} />}
      />
      {progress && (
        <div className={s.progress}>
          <Progress
            label={t("issuing")}
            {...progress}
            countText={t("issued_of", { ...progress })}
            detail={t("can_leave")}
            onCancel={() => stop.mutate({ id })}
          />
        </div>
      )}
      <div className={s.inset}>
        {run.waiting > 0 && progress === null && (
          <Note tone="warning" title={t("unfinished", { count: run.waiting })}>
            {t("unfinished_body")}
          </Note>
        )}
        <RunFacts detail={answer.data} />
        <UnsettledMails detail={answer.data} />
      </div>
      <RunParts detail={answer.data} />
    </Page>
  );
}

function Verbs({ detail, isMoving }: { detail: RunDetail; isMoving: boolean }) {
  const { t } = useTranslation("charges");
  const [isPrinting, setPrinting] = useState(false);
  const more = useContinueRun();
  const { run } = detail;
  const failed = (thrown: unknown) => toast({ tone: "danger", text: faultText(faultOf(thrown)) });
  async function print() {
    setPrinting(true);
    try {
      const file = await runPaper(run.id);
      if (!(await openFile(file.path)))
        toast({ tone: "success", text: t("paper_lies", { path: file.path }) });
    } catch (thrown) {
      failed(thrown);
    }
    setPrinting(false);
  }
  return (
    <>
      {run.issued > 0 && (
        <Button icon={Printer} isBusy={isPrinting} onPress={() => void print()}>
          {t("print")}
        </Button>
      )}
      <EmailButton detail={detail} />
      {run.waiting > 0 && (
        <Button
          variant="primary"
          icon={Play}
          isBusy={more.isPending || isMoving}
          onPress={() => more.mutate({ id: run.id }, { onError: failed })}
        >
          {t("go_on")}
        </Button>
      )}
    </>
  );
}

function RunFacts({ detail }: { detail: RunDetail }) {
  const { t } = useTranslation("charges");
  const { run } = detail;
  const mails = useMailsText(detail);
  return (
    <Facts
      look="over"
      facts={[
        { label: t("issued"), value: t("n_of", { count: run.issued, total: run.planned }) },
        { label: t("total"), value: <Amount of={run.gross} withCurrency /> },
        { label: t("issue_date"), value: <Day of={run.issue_date} look="long" /> },
        { label: t("due_date"), value: <Day of={run.due_date} look="long" /> },
        { label: t("begun"), value: <Moment of={run.begun_at} /> },
        { label: t("by"), value: run.actor },
        { label: t("mails"), value: mails },
      ]}
    />
  );
}
