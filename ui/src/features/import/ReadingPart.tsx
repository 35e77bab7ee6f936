import { useTranslation } from "react-i18next";
import { codesOn } from "~/domain/taxCodes";
import { useDesk } from "~/ipc/desk";
import type { FileReading } from "~/ipc/gen/FileReading";
import { Select, TextField } from "~/ui/primitives";
import { useTables } from "./api";
import s from "./Import.module.css";
import { IMPORT_KINDS, type ImportKind } from "./routes";
import type { Said } from "./said";

interface ReadingPartProps {
  kind: ImportKind | null;
  said: Said;
  onSay: (next: Partial<Said>) => void;
  onKind: (kind: ImportKind) => void;
}

const CHOICES = {
  encoding: ["utf-8", "utf-16", "windows-1252"],
  delimiter: [";", ",", "\t"],
  decimal: ["comma", "point"],
  dates: ["year_first", "day_first", "month_first"],
} as const satisfies Record<keyof FileReading, readonly string[]>;

const NAMES: Record<string, string> = {
  "utf-8": "UTF-8",
  "utf-16": "UTF-16",
  "windows-1252": "Windows-1252",
};

const WORDS = { ";": "semicolon", ",": "comma", "\t": "tab" } as const;

/** How a file is read: found out, correctable, and to be kept for the next one alike. */
export function ReadingPart({ kind, said, onSay, onKind }: ReadingPartProps) {
  const { t } = useTranslation("import");
  const name = (part: keyof FileReading, choice: string) => {
    if (part === "encoding") return NAMES[choice] ?? choice;
    if (part === "delimiter") return t(WORDS[choice as ";"]);
    return t(`${part}_${choice as "comma"}` as "decimal_comma");
  };
  return (
    <section className={s.reading} aria-label={t("how_read")}>
      <Select
        label={t("what")}
        value={kind}
        placeholder={t("choose_kind")}
        options={IMPORT_KINDS.map((id) => ({ id, name: t(id) }))}
        onChange={onKind}
      />
      {(Object.keys(CHOICES) as (keyof FileReading)[]).map((part) => (
        <Select<string>
          key={part}
          label={t(`reading_${part}`)}
          value={said.reading[part]}
          placeholder={t("each_says_it")}
          options={CHOICES[part].map((id) => ({ id, name: name(part, id) }))}
          onChange={(choice) => onSay({ reading: { ...said.reading, [part]: choice } })}
        />
      ))}
      {kind === "payments" && <Method said={said} onSay={onSay} />}
      {kind === "services" && <Vat said={said} onSay={onSay} />}
      <TextField
        label={t("keep_as")}
        hint={t("keep_as_help")}
        maxLength={60}
        value={said.keepAs}
        onChange={(keepAs) => onSay({ keepAs })}
      />
    </section>
  );
}

type PartProps = Pick<ReadingPartProps, "said" | "onSay">;

function Method({ said, onSay }: PartProps) {
  const { t } = useTranslation("import");
  const methods = useTables()?.payment_methods.filter((method) => method.active) ?? [];
  return (
    <Select<string>
      label={t("usual_method")}
      value={said.method || (methods[0]?.code ?? null)}
      options={methods.map(({ code, name }) => ({ id: code, name }))}
      onChange={(method) => onSay({ method })}
    />
  );
}

function Vat({ said, onSay }: PartProps) {
  const { t } = useTranslation("import");
  const { today } = useDesk();
  const known = codesOn(useTables()?.tax_codes ?? [], today);
  return (
    <Select<string>
      label={t("usual_vat")}
      value={said.vat || null}
      placeholder={t("vat_of_file")}
      options={known.map(({ code, name }) => ({ id: code, name, meta: code }))}
      onChange={(vat) => onSay({ vat })}
    />
  );
}
