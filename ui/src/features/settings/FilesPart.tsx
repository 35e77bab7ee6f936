import { useNavigate } from "@tanstack/react-router";
import { FileDown, FileUp } from "lucide-react";
import { useTranslation } from "react-i18next";
import { goTo } from "~/domain/places";
import { Button, Scroll } from "~/ui/primitives";
import { Part } from "./Part";

/** Files in and out: students and prices come in, the accountant's tables go out. */
export function FilesPart() {
  const { t } = useTranslation("settings");
  const navigate = useNavigate();
  const bring = (kind: string) => void navigate({ to: "/import", search: { kind } });
  return (
    <Scroll>
      <Part title={t("import_title")} about={t("import_about")}>
        <div className="row">
          <Button icon={FileUp} onPress={() => bring("students")}>
            {t("import_students")}
          </Button>
          <Button icon={FileUp} onPress={() => bring("services")}>
            {t("import_prices")}
          </Button>
        </div>
      </Part>
      <Part title={t("export_title")} about={t("export_about")}>
        <div className="row">
          <Button icon={FileDown} onPress={() => goTo("/exports?files=true")}>
            {t("make_files")}
          </Button>
        </div>
      </Part>
    </Scroll>
  );
}
