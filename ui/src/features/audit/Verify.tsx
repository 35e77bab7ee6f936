import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { faultText } from "~/ipc/errors";
import type { VerifyReport } from "~/ipc/gen/VerifyReport";
import { useProgress } from "~/ipc/hooks";
import { Button, Dialog, Note, Progress } from "~/ui/primitives";
import s from "./Audit.module.css";
import { useVerify } from "./api";

const numbers = new Intl.NumberFormat("nb-NO");

interface Reached {
  done: number;
  total: number;
}

/** Starts the proof and follows it; the answer stays until somebody has read it. */
export function useVerifying() {
  const verify = useVerify();
  const [reached, setReached] = useState<Reached | null>(null);
  useProgress(
    useCallback(({ job, done, total }) => {
      if (job === "verify") setReached({ done, total });
    }, []),
  );
  const start = () => {
    setReached(null);
    verify.mutate({});
  };
  return { verify, reached, start };
}

export function VerifyDialog({
  verifying,
  onClose,
}: {
  verifying: ReturnType<typeof useVerifying>;
  onClose: () => void;
}) {
  const { t } = useTranslation("audit");
  const { verify, reached } = verifying;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("verify_title")}
      isBusy={verify.isPending}
      actions={
        <Button size="form" onPress={onClose} isDisabled={verify.isPending} autoFocus>
          {t("close")}
        </Button>
      }
    >
      <p className="t2">{t("verify_about")}</p>
      {verify.isPending && (
        <Progress
          label={t("verifying")}
          done={reached?.done ?? 0}
          total={reached?.total ?? 1}
          countText={
            reached
              ? t("verify_count", {
                  done: numbers.format(reached.done),
                  total: numbers.format(reached.total),
                })
              : undefined
          }
        />
      )}
      {verify.error && <Note tone="danger">{faultText(verify.error.fault)}</Note>}
      {verify.data && <Result report={verify.data} />}
    </Dialog>
  );
}

function Result({ report }: { report: VerifyReport }) {
  const { t } = useTranslation("audit");
  const isSound = report.chain_holds && report.tables_agree && report.file_sound;
  return (
    <>
      <Note tone={isSound ? "success" : "danger"} title={t(isSound ? "sound" : "not_sound")}>
        {t(isSound ? "sound_body" : "not_sound_body", { facts: numbers.format(report.facts) })}
      </Note>
      {report.findings.length > 0 && (
        <ul className={s.findings}>
          {report.findings.map((finding) => (
            <li key={finding}>{finding}</li>
          ))}
        </ul>
      )}
    </>
  );
}
