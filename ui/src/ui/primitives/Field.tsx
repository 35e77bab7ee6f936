import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { FieldError, Label, Text } from "react-aria-components";
import s from "./Field.module.css";
import { Icon } from "./Icon";

/** What every field takes, whatever is entered in it. */
export interface FieldProps {
  label: string;
  /** The label is read aloud but takes no room, for a field in a row of a table. */
  hideLabel?: boolean;
  hint?: ReactNode;
  /** What is wrong, in words; marks the field as invalid. */
  error?: string;
  isRequired?: boolean;
  isDisabled?: boolean;
  isReadOnly?: boolean;
  autoFocus?: boolean;
  /** The request field this belongs to, so that an error summary can lead here. */
  name?: string;
  /** `cell` fills a cell of a table that is typed in like a sheet: no box until it has the focus. */
  look?: "form" | "cell";
}

export function FieldLabel({ label, hideLabel }: Pick<FieldProps, "label" | "hideLabel">) {
  return <Label className={hideLabel ? "sr" : s.label}>{label}</Label>;
}

/** The line under a field: the error if there is one, otherwise the hint. */
export function FieldFoot({ hint, error }: { hint?: ReactNode; error?: string }) {
  return (
    <>
      {hint && !error && (
        <Text slot="description" className={s.hint}>
          {hint}
        </Text>
      )}
      <FieldError className={s.error}>
        {error && (
          <>
            <Icon of={CircleAlert} size={14} />
            {error}
          </>
        )}
      </FieldError>
    </>
  );
}

export { s as fieldStyles };

/** What every field that is typed in tells React Aria. */
export function fieldProps(props: FieldProps) {
  return {
    className: s.field,
    "data-look": props.look,
    name: props.name,
    isRequired: props.isRequired,
    isDisabled: props.isDisabled,
    isReadOnly: props.isReadOnly,
    isInvalid: props.error !== undefined,
    autoFocus: props.autoFocus,
    // Browser completion would offer the last student's name on the next form.
    autoComplete: "off",
    spellCheck: "false" as const,
    validationBehavior: "aria" as const,
  };
}
