import { Lock, ShieldCheck, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { faultOf, faultText } from "~/ipc/errors";
import type { VerifyReport } from "~/ipc/gen/VerifyReport";
import { Button, ConfirmDialog, Note, Pill, Scroll } from "~/ui/primitives";
import { useDeskStatus, useLock, useRemoveSample, useVerify } from "./api";
import { Part } from "./Part";
import s from "./Settings.module.css";

/** The book itself: prove it, lock it, and take the invented school away. */
export function BookPart() {
  const { t } = useTranslation("settings");
  const status = useDeskStatus().data;
  const verify = useVerify();
  const lock = useLock();
  return (
    <Scroll>
      <Part title={t("verify_title")} about={t("verify_about")}>
        <div className={s.form}>
          <div className="row">
            <Button icon={ShieldCheck} isBusy={verify.isPending} onPress={() => verify.mutate({})}>
              {t("verify")}
            </Button>
          </div>
          {verify.error && <Note tone="danger" title={faultText(faultOf(verify.error))} />}
          {verify.data && <Verified report={verify.data} />}
        </div>
      </Part>
      <Part
        title={t("lock_title")}
        about={t(status?.protection === "keychain" ? "lock_about_keychain" : "lock_about")}
      >
        <div className="row">
          <Button icon={Lock} isBusy={lock.isPending} onPress={lock.run}>
            {t("lock")}
          </Button>
        </div>
        {lock.error && <Note tone="danger" title={faultText(faultOf(lock.error))} />}
      </Part>
      {status?.school?.sample && <SamplePart name={status.school.name} />}
      <Part title={t("version_title")}>
        <span className="num t2">Kontor {status?.version}</span>
      </Part>
    </Scroll>
  );
}

const number = new Intl.NumberFormat("nb-NO");

/** What the replay found, in words. */
function Verified({ report }: { report: VerifyReport }) {
  const { t } = useTranslation("settings");
  const isSound = report.chain_holds && report.tables_agree && report.file_sound;
  const checks = [
    ["chain", report.chain_holds],
    ["tables", report.tables_agree],
    ["file", report.file_sound],
  ] as const;
  return (
    <>
      <Note tone={isSound ? "success" : "danger"} title={t(isSound ? "sound" : "not_sound")}>
        {t(isSound ? "sound_body" : "not_sound_body", { facts: number.format(report.facts) })}
      </Note>
      <ul className={s.checks}>
        {checks.map(([check, holds]) => (
          <li key={check}>
            <Pill tone={holds ? "success" : "danger"} shape={holds ? "done" : "alert"} isQuiet>
              {t(holds ? "holds" : "broken")}
            </Pill>
            <span>{t(`check_${check}`)}</span>
          </li>
        ))}
      </ul>
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

function SamplePart({ name }: { name: string }) {
  const { t } = useTranslation("settings");
  const [isAsking, setAsking] = useState(false);
  const remove = useRemoveSample();
  return (
    <Part title={t("sample_title")} about={t("sample_about")}>
      <div className="row">
        <Button variant="danger" icon={Trash2} onPress={() => setAsking(true)}>
          {t("sample_remove")}
        </Button>
      </div>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t("sample_ask", { name })}
        safeLabel={t("sample_keep", { name })}
        verbLabel={t("sample_verb", { name })}
        isBusy={remove.isPending}
        onConfirm={remove.run}
      >
        <p>{t("sample_what")}</p>
        {remove.error && <Note tone="danger" title={faultText(faultOf(remove.error))} />}
      </ConfirmDialog>
    </Part>
  );
}
