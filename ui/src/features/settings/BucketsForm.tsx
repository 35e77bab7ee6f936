import { Minus, Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldFaults } from "~/ipc/fieldFaults";
import { Button, IconButton, Note, NumberField, toast } from "~/ui/primitives";
import { useSaveBuckets } from "./api";
import { endsOf, FEWEST_ENDS, MOST_ENDS } from "./gateRule";
import s from "./Settings.module.css";

interface BucketsFormProps {
  ends: readonly number[];
  isDisabled: boolean;
}

/** The limits of the ageing's columns: two to six rising numbers of days. */
export function BucketsForm({ ends, isDisabled }: BucketsFormProps) {
  const { t } = useTranslation("settings");
  const [texts, setTexts] = useState<(string | null)[]>(() => ends.map(String));
  const save = useSaveBuckets();
  const refused = fieldFaults(save.error, ["buckets"]);
  const submit = () =>
    save.mutate({ ends: endsOf(texts) }, { onSuccess: () => toast({ text: t("buckets_saved") }) });
  const trouble = refused.at.buckets ?? refused.elsewhere;
  return (
    <div className={s.form}>
      {trouble && <Note tone="danger" title={trouble} />}
      <div className={s.ends}>
        {texts.map((text, at) => (
          <NumberField
            // biome-ignore lint/suspicious/noArrayIndexKey: a limit is its place in the row
            key={at}
            label={t("bucket_end", { place: at + 1 })}
            hideLabel
            isDisabled={isDisabled}
            value={text}
            onChange={(next) => setTexts(texts.map((old, i) => (i === at ? next : old)))}
          />
        ))}
        <span className="t2">{t("days")}</span>
        {!isDisabled && texts.length > FEWEST_ENDS && (
          <IconButton
            icon={Minus}
            label={t("bucket_less")}
            onPress={() => setTexts(texts.slice(0, -1))}
          />
        )}
        {!isDisabled && texts.length < MOST_ENDS && (
          <IconButton
            icon={Plus}
            label={t("bucket_more")}
            onPress={() => setTexts([...texts, null])}
          />
        )}
      </div>
      {!isDisabled && (
        <div className="row">
          <Button variant="primary" isBusy={save.isPending} onPress={submit}>
            {t("save")}
          </Button>
        </div>
      )}
    </div>
  );
}
