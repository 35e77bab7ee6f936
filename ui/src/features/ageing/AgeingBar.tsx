import { useTranslation } from "react-i18next";
import { useDesk } from "~/ipc/desk";
import { BarRule, BarSearch, DateField, Segmented, Toolbar } from "~/ui/primitives";
import s from "./Ageing.module.css";
import { BucketEditor } from "./BucketEditor";
import type { Asked } from "./columns";
import { type AgeBy, type AgeingSearch, bucketsText } from "./question";

interface AgeingBarProps {
  asked: Asked;
  query: string;
  group: AgeingSearch["group"];
  onChange: (next: Partial<AgeingSearch>) => void;
}

/** What the report asks: as of which day, counted from which, within which limits. */
export function AgeingBar({ asked, query, group, onChange }: AgeingBarProps) {
  const { t } = useTranslation("ageing");
  const { today } = useDesk();
  return (
    <Toolbar label={t("settings")}>
      <span className={s.asOf} aria-hidden>
        {t("as_of")}
      </span>
      <div className={s.date}>
        <DateField
          label={t("as_of")}
          hideLabel
          today={today}
          value={asked.as_of}
          onChange={(day) => day && onChange({ as_of: day === today ? undefined : day })}
        />
      </div>
      <Segmented<AgeBy>
        label={t("by")}
        value={asked.by}
        options={[
          { id: "due", name: t("by_due") },
          { id: "issue", name: t("by_issue") },
        ]}
        onChange={(next) => onChange({ by: next === "issue" ? next : undefined })}
      />
      <Segmented<"student" | "department" | "payer">
        label={t("group")}
        value={group ?? "student"}
        options={[
          { id: "student", name: t("students") },
          { id: "department", name: t("departments") },
          { id: "payer", name: t("payers") },
        ]}
        onChange={(next) => onChange({ group: next === "student" ? undefined : next })}
      />
      <BarRule />
      <BucketEditor
        ends={asked.ends}
        onChange={(next) => onChange({ buckets: bucketsText(next) })}
      />
      <span className="grow" />
      <BarSearch
        label={t("search")}
        value={query}
        onChange={(text) => onChange({ query: text || undefined })}
      />
    </Toolbar>
  );
}
