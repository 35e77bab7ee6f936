import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Button, EmptyState, Page } from "~/ui/primitives";

export function NotFound() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <Page>
      <EmptyState
        kind="no_match"
        title={t("not_found_title")}
        action={<Button onPress={() => navigate({ to: "/" })}>{t("go_home")}</Button>}
      >
        {t("not_found_body")}
      </EmptyState>
    </Page>
  );
}
