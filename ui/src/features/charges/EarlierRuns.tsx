import { useNavigate } from "@tanstack/react-router";
import { History } from "lucide-react";
import { useTranslation } from "react-i18next";
import { formatDate } from "~/domain/dates";
import { usePreferences } from "~/ui/preferences";
import { Button, Menu } from "~/ui/primitives";
import { useRuns } from "./api";

const MOST = 12;

/** The newest runs; one that was cut short says so and can go on. */
export function EarlierRuns() {
  const { t } = useTranslation("charges");
  const { language } = usePreferences();
  const navigate = useNavigate();
  const runs = useRuns().data?.rows ?? [];
  if (runs.length === 0) return null;
  return (
    <Menu
      label={t("earlier")}
      trigger={
        <Button variant="quiet" icon={History}>
          {t("earlier")}
        </Button>
      }
      groups={[
        {
          id: "runs",
          actions: runs.slice(0, MOST).map((run) => ({
            id: run.id,
            label: t("run_line", {
              date: formatDate(run.issue_date, "long", language).trim(),
              count: run.issued,
              state: t(`run_${run.state as "running"}`),
            }),
            onAction: () => void navigate({ to: "/charges/run/$id", params: { id: run.id } }),
          })),
        },
      ]}
    />
  );
}
