import { useNavigate } from "@tanstack/react-router";
import { History } from "lucide-react";
import { useTranslation } from "react-i18next";
import { formatDate } from "~/domain/dates";
import { usePreferences } from "~/ui/preferences";
import { Button, Menu } from "~/ui/primitives";
import type { ImportKind } from "../routes";
import { useImports } from "./api";

const MOST = 12;

/** The files read in last; each opens with what it brought in. */
export function EarlierFiles() {
  const { t } = useTranslation("import");
  const { language } = usePreferences();
  const navigate = useNavigate();
  const files = useImports().data?.rows ?? [];
  if (files.length === 0) return null;
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
          id: "files",
          actions: files.slice(0, MOST).map((file) => ({
            id: file.id,
            label: t("file_line", {
              name: file.file_name,
              kind: t(file.kind as ImportKind),
              date: formatDate(file.at.slice(0, 10), "long", language).trim(),
              state: t(`state_${file.state as "there"}`),
            }),
            onAction: () => void navigate({ to: "/import/$id", params: { id: file.id } }),
          })),
        },
      ]}
    />
  );
}
