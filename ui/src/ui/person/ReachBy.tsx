import { useTranslation } from "react-i18next";
import { Select } from "~/ui/primitives";

const WAYS = ["email", "sms", "letter"] as const;

interface ReachByProps {
  value: string | null;
  onChange: (way: string | null) => void;
}

/** The wish as a fact of a card; nothing where the schedule decides. */
export function useReachFacts(way: string | null) {
  const { t } = useTranslation("reminders");
  return way === null ? [] : [{ label: t("reach_by"), value: t(`way_${way}` as "way_email") }];
}

/** How somebody wishes to be reminded; the schedule decides where they do not say. */
export function ReachBy({ value, onChange }: ReachByProps) {
  const { t } = useTranslation("reminders");
  return (
    <Select
      label={t("reach_by")}
      name="person.reach_by"
      value={value ?? ""}
      onChange={(way) => onChange(way === "" ? null : way)}
      options={[
        { id: "", name: t("way_set") },
        ...WAYS.map((id) => ({ id, name: t(`way_${id}`) })),
      ]}
    />
  );
}
