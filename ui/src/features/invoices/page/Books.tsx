import { useTranslation } from "react-i18next";
import type { ExportView } from "~/ipc/gen/ExportView";
import { openAddress } from "~/ipc/host";
import { useSystemName } from "~/ipc/systems";
import { Button, ExportPill, Moment } from "~/ui/primitives";
import s from "./Document.module.css";

/** Where a document stands in each accounting system. */
export function Books({ exports }: { exports: readonly ExportView[] }) {
  const { t } = useTranslation("invoices");
  const systemName = useSystemName();
  return exports.map((mark) => {
    const { url } = mark;
    return (
      <div key={mark.record_id} className={s.system}>
        <span>{systemName(mark.system)}</span>
        <ExportPill look="header" status={mark.state} />
        <span>
          {mark.state === "attention" ? (
            <a href="#/review">{t("look_in_review")}</a>
          ) : url ? (
            <Button variant="quiet" onPress={() => void openAddress(url)}>
              {mark.external_number ?? t("open_there")}
            </Button>
          ) : (
            <span className="t2">{mark.external_number ?? <Moment of={mark.since} />}</span>
          )}
        </span>
      </div>
    );
  });
}
