import { Check, CircleAlert, CornerDownLeft, TriangleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { IssueCheck } from "~/ipc/gen/IssueCheck";
import type { LineInput } from "~/ipc/gen/LineInput";
import { focusField, Icon } from "~/ui/primitives";
import { asShown, targetOf } from "./checkTarget";
import { useCheckText } from "./checkText";
import s from "./Editor.module.css";

const SIGNS = { ok: Check, warning: TriangleAlert, error: CircleAlert } as const;

/** What the page that a check leads to is for. */
const GO: Record<string, "go_map" | "go_rates"> = { mapping: "go_map", exchange: "go_rates" };

const WEIGHTS = ["error", "warning", "ok"];
const weightOf = (check: IssueCheck) => WEIGHTS.indexOf(check.outcome);

interface ChecksProps {
  checks: readonly IssueCheck[];
  lines: readonly LineInput[];
}

/** Everything that issuing checks, as it stands; what is wrong leads to where it is mended. */
export function Checks({ checks, lines }: ChecksProps) {
  const { t } = useTranslation("invoices");
  // What has to be mended is in view even where the list scrolls.
  const ordered = [...checks].sort((a, b) => weightOf(a) - weightOf(b));
  const fine = checks.filter((check) => check.outcome === "ok").length;
  return (
    <section className={s.checks} aria-label={t("issue_check")}>
      <h2 className={s.checksHead}>
        {t("issue_check")}
        <span className="t2">{t("checks_fine", { fine, all: checks.length })}</span>
      </h2>
      <ul>
        {ordered.map((check) => (
          <li key={`${check.check} ${check.code} ${check.line}`} data-outcome={check.outcome}>
            <Icon of={SIGNS[check.outcome as keyof typeof SIGNS] ?? CircleAlert} />
            <CheckLine check={check} lines={lines} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function CheckLine({ check, lines }: { check: IssueCheck; lines: readonly LineInput[] }) {
  const { t } = useTranslation("invoices");
  const words = useCheckText()(asShown(check, lines));
  const target = targetOf(check, lines);
  if (target === undefined) return <span className="grow">{words}</span>;
  if ("page" in target)
    return (
      <>
        <span className="grow">{words}</span>
        <a href={`#${target.page}`}>{t(GO[check.check] ?? "go_mend")}</a>
      </>
    );
  return (
    <button type="button" className={s.jump} onClick={() => focusField(target.field)}>
      {words}
      <Icon of={CornerDownLeft} size={14} />
    </button>
  );
}
