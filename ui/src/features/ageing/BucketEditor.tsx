import { Minus, Plus } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "~/ui/primitives";
import s from "./Ageing.module.css";
import { areBuckets, canAdd, FEWEST_BUCKETS, withOneMore } from "./question";

interface BucketEditorProps {
  ends: readonly number[];
  onChange: (ends: number[]) => void;
}

/** The limits of age, edited where they stand. Half a change is shown but not asked for. */
export function BucketEditor({ ends, onChange }: BucketEditorProps) {
  const { t } = useTranslation("ageing");
  const [texts, setTexts] = useState(() => ends.map(String));
  const shown = ends.join(" ");
  // biome-ignore lint/correctness/useExhaustiveDependencies: another address replaces what is typed
  useEffect(() => setTexts(ends.map(String)), [shown]);
  const typed = texts.map((text) => (/^\d{1,4}$/.test(text.trim()) ? Number(text) : 0));
  const isSound = areBuckets(typed);

  function settle() {
    if (isSound && typed.join(" ") !== shown) onChange(typed);
  }
  return (
    <fieldset className={s.buckets} data-wrong={!isSound || undefined}>
      <legend className="sr">{t("buckets")}</legend>
      <span className={s.bucketsName} aria-hidden>
        {t("buckets")}
      </span>
      {texts.map((text, at) => (
        <input
          // biome-ignore lint/suspicious/noArrayIndexKey: a limit is its place in the row
          key={at}
          className={s.bucket}
          inputMode="numeric"
          aria-label={t("bucket_end", { place: at + 1 })}
          aria-invalid={!isSound || undefined}
          value={text}
          onChange={(e) => setTexts(texts.map((old, i) => (i === at ? e.target.value : old)))}
          onFocus={(e) => e.target.select()}
          onBlur={settle}
          onKeyDown={(e) => e.key === "Enter" && settle()}
        />
      ))}
      {ends.length > FEWEST_BUCKETS && (
        <IconButton
          size="small"
          icon={Minus}
          label={t("bucket_less")}
          onPress={() => onChange(ends.slice(0, -1))}
        />
      )}
      {canAdd(ends) && (
        <IconButton
          size="small"
          icon={Plus}
          label={t("bucket_more")}
          onPress={() => onChange(withOneMore(ends))}
        />
      )}
    </fieldset>
  );
}
