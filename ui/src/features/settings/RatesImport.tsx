import { useState } from "react";
import { FileTrigger } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { fieldFaults } from "~/ipc/fieldFaults";
import { useRpcMutation } from "~/ipc/hooks";
import { Button, FormDialog, TextArea, TextField, toast } from "~/ui/primitives";
import s from "./Settings.module.css";

/** Many rates at once: a file of the bank, or what was copied from one. */
export function RatesImport({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("exchange");
  const [csv, setCsv] = useState("");
  const [source, setSource] = useState("");
  const bring = useRpcMutation("import_exchange_rates");
  const refused = fieldFaults(bring.error, ["csv", "source"]);
  function submit() {
    bring.mutate(
      { csv, source: source.trim() },
      {
        onSuccess: ({ set, same }) => {
          const known = same > 0 ? ` ${t("rates_same", { count: same })}` : "";
          toast({ text: `${t("rates_set", { count: set })}${known}` });
          onClose();
        },
      },
    );
  }
  return (
    <FormDialog
      title={t("import_title")}
      verb={t("import_verb")}
      onClose={onClose}
      onSubmit={submit}
      isBusy={bring.isPending}
      disabledReason={csv.trim() === "" ? t("need_table") : undefined}
      trouble={refused.elsewhere}
    >
      <p className="t2">{t("import_body")}</p>
      <div className={s.ends}>
        <FileTrigger
          acceptedFileTypes={[".csv", ".txt", "text/csv", "text/plain"]}
          onSelect={(files) => void files?.[0]?.text().then(setCsv)}
        >
          <Button>{t("choose_file")}</Button>
        </FileTrigger>
        <span className="t3">{t("or_paste")}</span>
      </div>
      <TextArea
        label={t("table")}
        name="csv"
        isRequired
        rows={8}
        placeholder={t("table_example")}
        value={csv}
        onChange={setCsv}
        error={refused.at.csv}
      />
      <TextField
        label={t("source")}
        name="source"
        maxLength={60}
        hint={t("source_hint")}
        value={source}
        onChange={setSource}
        error={refused.at.source}
      />
    </FormDialog>
  );
}
