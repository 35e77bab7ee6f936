import { useTranslation } from "react-i18next";
import { useViews } from "~/ui/list/useViews";
import { ViewsMenu } from "~/ui/list/ViewsMenu";
import { Button, Chip, DateField, Select, Toolbar } from "~/ui/primitives";
import s from "./Audit.module.css";
import { useChoices, useToday } from "./api";
import { nameOf } from "./columns";
import { isNarrowed, subjectOf } from "./filter";
import type { AuditSearch } from "./routes";
import { aboutWord, kindWord } from "./words";

interface FilterBarProps {
  search: AuditSearch;
  onChange: (next: Partial<AuditSearch>) => void;
  /** Shows just what an address says. */
  onShow: (address: AuditSearch) => void;
}

const ALL = "all";

/** Whose, what and when. All of it stands in the address. */
export function FilterBar({ search, onChange, onShow }: FilterBarProps) {
  const { t } = useTranslation("audit");
  const { people = [], kinds = [] } = useChoices().data ?? {};
  const today = useToday();
  const about = subjectOf(search.about);
  const views = useViews({ list: "audit", address: search, except: ["open"], onShow });
  const chosen = (id: string) => (id === ALL ? undefined : id);
  return (
    <Toolbar label={t("filters")}>
      <ViewsMenu views={views} />
      {about && (
        <Chip
          name={t("about")}
          value={aboutWord(about.kind)}
          onPress={() => onChange({ about: undefined })}
          onRemove={() => onChange({ about: undefined })}
        />
      )}
      <Select
        label={t("who")}
        hideLabel
        value={search.actor ?? ALL}
        options={[
          { id: ALL, name: t("everybody") },
          ...people.map((person) => ({ id: person.actor, name: nameOf(person, t) })),
        ]}
        onChange={(id) => onChange({ actor: chosen(id) })}
      />
      <Select
        label={t("what")}
        hideLabel
        value={search.kind ?? ALL}
        options={[
          { id: ALL, name: t("everything") },
          ...kinds.map((kind) => ({ id: kind, name: kindWord(kind) })),
        ]}
        onChange={(id) => onChange({ kind: chosen(id) })}
      />
      <div className={s.day}>
        <DateField
          label={t("from")}
          hideLabel
          value={search.from ?? null}
          onChange={(day) => onChange({ from: day ?? undefined })}
          max={search.to}
          today={today}
        />
      </div>
      <span className="t3">–</span>
      <div className={s.day}>
        <DateField
          label={t("to")}
          hideLabel
          value={search.to ?? null}
          onChange={(day) => onChange({ to: day ?? undefined })}
          min={search.from}
          today={today}
        />
      </div>
      {isNarrowed(search) && (
        <Button
          variant="quiet"
          size="small"
          onPress={() =>
            onChange({
              actor: undefined,
              kind: undefined,
              from: undefined,
              to: undefined,
              about: undefined,
            })
          }
        >
          {t("clear")}
        </Button>
      )}
    </Toolbar>
  );
}
