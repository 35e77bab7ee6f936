import { FileUp } from "lucide-react";
import { useState } from "react";
import { DropZone, FileTrigger, isFileDropItem, Text } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { Button, Icon } from "~/ui/primitives";
import s from "./Import.module.css";
import type { ImportKind } from "./routes";
import { columnWord } from "./why";

interface ChooseFileProps {
  kind: ImportKind;
  isBusy: boolean;
  onChoose: (file: File) => void;
}

const COLUMNS: Record<ImportKind, readonly { word: string; isNeeded: boolean }[]> = {
  students: [
    { word: "name", isNeeded: true },
    { word: "number", isNeeded: false },
    { word: "email", isNeeded: false },
    { word: "phone", isNeeded: false },
    { word: "address", isNeeded: false },
    { word: "postal_code", isNeeded: false },
    { word: "city", isNeeded: false },
  ],
  services: [
    { word: "code", isNeeded: true },
    { word: "name", isNeeded: true },
    { word: "price", isNeeded: true },
    { word: "vat", isNeeded: true },
  ],
  invoices: [
    { word: "invoice_number", isNeeded: true },
    { word: "number", isNeeded: true },
    { word: "date", isNeeded: true },
    { word: "open", isNeeded: true },
    { word: "due_date", isNeeded: false },
    { word: "total", isNeeded: false },
    { word: "vat_amount", isNeeded: false },
    { word: "reference", isNeeded: false },
  ],
  payments: [
    { word: "date", isNeeded: true },
    { word: "amount", isNeeded: true },
    { word: "reference", isNeeded: true },
    { word: "name", isNeeded: false },
    { word: "key", isNeeded: false },
    { word: "method", isNeeded: false },
  ],
  bookings: [
    { word: "key", isNeeded: true },
    { word: "event", isNeeded: true },
    { word: "date", isNeeded: true },
    { word: "number", isNeeded: true },
    { word: "code", isNeeded: true },
    { word: "quantity", isNeeded: false },
    { word: "department", isNeeded: false },
  ],
};

/** The file is dropped or chosen; what it should look like stands beside it. */
export function ChooseFile({ kind, isBusy, onChoose }: ChooseFileProps) {
  const { t } = useTranslation("import");
  const [isOver, setOver] = useState(false);
  return (
    <div className={s.choose}>
      <DropZone
        className={s.drop}
        data-over={isOver || undefined}
        aria-label={t("drop")}
        onDropEnter={() => setOver(true)}
        onDropExit={() => setOver(false)}
        onDrop={async (e) => {
          setOver(false);
          const item = e.items.find(isFileDropItem);
          if (item) onChoose(await item.getFile());
        }}
      >
        <Icon of={FileUp} size={20} />
        <Text slot="label">{t("drop")}</Text>
        <FileTrigger
          acceptedFileTypes={[".csv", ".txt", "text/csv", "text/plain"]}
          onSelect={(files) => {
            const file = files?.[0];
            if (file) onChoose(file);
          }}
        >
          <Button variant="primary" size="form" isBusy={isBusy}>
            {t("choose")}
          </Button>
        </FileTrigger>
        <p className="t3 small">{t("looked_at_first")}</p>
      </DropZone>
      <section className={s.help}>
        <h2>{t("columns_head")}</h2>
        <p className="t2">{t("columns_body")}</p>
        <ul className={s.columns}>
          {COLUMNS[kind].map(({ word, isNeeded }) => (
            <li key={word}>
              <span className="medium">{columnWord(word, kind)}</span>
              <span className="t3 small">{t(isNeeded ? "needed" : "optional")}</span>
            </li>
          ))}
        </ul>
        <p className="t3 small">{t("formats")}</p>
        <p className="t3 small">{t("foreign")}</p>
      </section>
    </div>
  );
}
