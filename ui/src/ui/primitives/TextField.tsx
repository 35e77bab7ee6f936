import { Search, X } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import {
  Button as AriaButton,
  SearchField as AriaSearchField,
  TextArea as AriaTextArea,
  TextField as AriaTextField,
  Input,
} from "react-aria-components";
import { useTranslation } from "react-i18next";
import { cx } from "./cx";
import { FieldFoot, FieldLabel, type FieldProps, fieldProps, fieldStyles as s } from "./Field";
import { Icon } from "./Icon";

export interface TextFieldProps extends FieldProps {
  value: string;
  onChange: (value: string) => void;
  placeholder?: string;
  type?: "text" | "email" | "password" | "tel" | "url";
  /** Tabular figures, for numbers, codes and references. */
  isNumeric?: boolean;
  /** Shown inside the box at its end, such as a unit. */
  suffix?: ReactNode;
  maxLength?: number;
  onBlur?: () => void;
}

export function TextField(props: TextFieldProps) {
  return (
    <AriaTextField
      {...fieldProps(props)}
      type={props.type ?? "text"}
      value={props.value}
      onChange={props.onChange}
      onBlur={props.onBlur}
      maxLength={props.maxLength}
    >
      <FieldLabel {...props} />
      <div className={s.box}>
        <Input
          className={cx(s.input, props.isNumeric && s.numeric)}
          placeholder={props.placeholder}
        />
        {props.suffix && <span className={s.affix}>{props.suffix}</span>}
      </div>
      <FieldFoot {...props} />
    </AriaTextField>
  );
}

export interface TextAreaProps extends FieldProps {
  value: string;
  onChange: (value: string) => void;
  rows?: number;
  placeholder?: string;
}

export function TextArea(props: TextAreaProps) {
  return (
    <AriaTextField {...fieldProps(props)} value={props.value} onChange={props.onChange}>
      <FieldLabel {...props} />
      <div className={cx(s.box, s.areaBox)}>
        <AriaTextArea className={s.area} rows={props.rows ?? 3} placeholder={props.placeholder} />
      </div>
      <FieldFoot {...props} />
    </AriaTextField>
  );
}

export interface NumberFieldProps extends FieldProps {
  /** Decimal string with a point, or null when empty; never a JavaScript number. */
  value: string | null;
  onChange: (value: string | null) => void;
  decimals?: number;
  suffix?: ReactNode;
}

/** Reads `2`, `1,5` or `0.25` as a decimal string; null when it is no such number. */
export function parseDecimal(input: string, decimals: number): string | null {
  const text = input
    .trim()
    .replace(",", ".")
    .replace(/\u2212/g, "-");
  const match = /^(-?\d{1,12})(?:\.(\d*))?$/.exec(text);
  if (!match) return null;
  const fraction = (match[2] ?? "").replace(/0+$/, "");
  if (fraction.length > decimals) return null;
  return fraction === "" ? (match[1] ?? null) : `${match[1]}.${fraction}`;
}

/** A quantity or a percentage: text with tabular figures, kept as a decimal string. */
export function NumberField(props: NumberFieldProps) {
  const { value, onChange, decimals = 0 } = props;
  const { t } = useTranslation("fields");
  const [text, setText] = useState((value ?? "").replace(".", ","));
  useEffect(() => {
    setText((shown) =>
      parseDecimal(shown, decimals) === value ? shown : (value ?? "").replace(".", ","),
    );
  }, [value, decimals]);
  const isUnreadable = text.trim() !== "" && parseDecimal(text, decimals) === null;
  return (
    <TextField
      {...props}
      isNumeric
      value={text}
      error={props.error ?? (isUnreadable ? t("number_unknown") : undefined)}
      onChange={(next) => {
        setText(next);
        onChange(parseDecimal(next, decimals));
      }}
    />
  );
}

export interface SearchFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  placeholder?: string;
  autoFocus?: boolean;
}

/** Search within a list; the label is read aloud, Escape empties it. */
export function SearchField({ label, value, onChange, placeholder, autoFocus }: SearchFieldProps) {
  const { t } = useTranslation();
  return (
    <AriaSearchField
      className={s.field}
      aria-label={label}
      value={value}
      onChange={onChange}
      autoFocus={autoFocus}
    >
      <div className={s.box} data-compact>
        <Icon of={Search} />
        <Input className={s.input} placeholder={placeholder} />
        {value !== "" && (
          <AriaButton className={s.boxButton} aria-label={t("clear")}>
            <Icon of={X} size={14} />
          </AriaButton>
        )}
      </div>
    </AriaSearchField>
  );
}
