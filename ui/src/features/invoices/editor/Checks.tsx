import { Check, CircleAlert, TriangleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { IssueCheck } from "~/ipc/gen/IssueCheck";
import { Icon } from "~/ui/primitives";
import { useCheckText } from "./checkText";
import s from "./Editor.module.css";

const SIGNS = { ok: Check, warning: TriangleAlert, error: CircleAlert } as const;

/** Everything that issuing checks, as it stands. */
export function Checks({ checks }: { checks: readonly IssueCheck[] }) {
  const { t } = useTranslation("invoices");
  const words = useCheckText();
  const fine = checks.filter((check) => check.outcome === "ok").length;
  return (
    <section className={s.checks} aria-label={t("issue_check")}>
      <h2 className={s.checksHead}>
        {t("issue_check")}
        <span className="t2">{t("checks_fine", { fine, all: checks.length })}</span>
      </h2>
      <ul>
        {checks.map((check) => (
          <li key={`${check.check} ${check.code} ${check.line}`} data-outcome={check.outcome}>
            <Icon of={SIGNS[check.outcome as keyof typeof SIGNS] ?? CircleAlert} />
            <span className="grow">{words(check)}</span>
            {check.code === "not_mapped" && <a href="#/mapping">{t("go_map")}</a>}
          </li>
        ))}
      </ul>
    </section>
  );
}
