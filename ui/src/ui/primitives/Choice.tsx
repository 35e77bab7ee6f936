import { Check, Minus } from "lucide-react";
import type { ReactNode } from "react";
import {
  Checkbox as AriaCheckbox,
  RadioGroup as AriaRadioGroup,
  Switch as AriaSwitch,
  Label,
  Radio,
  Text,
} from "react-aria-components";
import s from "./Choice.module.css";
import { cx } from "./cx";
import { FieldFoot, fieldStyles } from "./Field";
import { Icon } from "./Icon";

export interface CheckboxProps {
  /** What is ticked. Give `label` as text only, for a box without a visible word. */
  children?: ReactNode;
  label?: string;
  isSelected: boolean;
  isIndeterminate?: boolean;
  onChange: (isSelected: boolean) => void;
  isDisabled?: boolean;
  excludeFromTabOrder?: boolean;
}

/** The drawn box, also used by the grid, where the row and not the box takes the keys. */
export function CheckMark({ isOn, isSome }: { isOn: boolean; isSome?: boolean }) {
  return (
    <span className={s.box} data-on={isOn || isSome || undefined} aria-hidden>
      {isSome ? <Icon of={Minus} size={12} /> : isOn ? <Icon of={Check} size={12} /> : null}
    </span>
  );
}

export function Checkbox(props: CheckboxProps) {
  const { children, label, excludeFromTabOrder } = props;
  return (
    <AriaCheckbox
      className={s.choice}
      aria-label={label}
      isSelected={props.isSelected}
      isIndeterminate={props.isIndeterminate}
      onChange={props.onChange}
      isDisabled={props.isDisabled}
      excludeFromTabOrder={excludeFromTabOrder}
    >
      {({ isSelected, isIndeterminate }) => (
        <>
          <CheckMark isOn={isSelected} isSome={isIndeterminate} />
          {children}
        </>
      )}
    </AriaCheckbox>
  );
}

export interface SwitchProps {
  children: ReactNode;
  isSelected: boolean;
  onChange: (isSelected: boolean) => void;
  isDisabled?: boolean;
}

/** For what takes effect at once. Anything that waits for Save is a `Checkbox`. */
export function Switch({ children, isSelected, onChange, isDisabled }: SwitchProps) {
  return (
    <AriaSwitch
      className={s.choice}
      isSelected={isSelected}
      onChange={onChange}
      isDisabled={isDisabled}
    >
      <span className={s.track}>
        <span className={s.thumb} />
      </span>
      {children}
    </AriaSwitch>
  );
}

export interface RadioOption<K extends string = string> {
  id: K;
  name: string;
  /** The consequence of choosing it, one line. */
  detail?: ReactNode;
  isDisabled?: boolean;
}

export interface RadioGroupProps<K extends string = string> {
  label: string;
  hideLabel?: boolean;
  options: readonly RadioOption<K>[];
  value: K | null;
  onChange: (id: K) => void;
  /** `cards` draws each choice as a card beside the others, with its consequence. */
  look?: "lines" | "row" | "cards";
  error?: string;
}

export function RadioGroup<K extends string>(props: RadioGroupProps<K>) {
  const { label, hideLabel, options, value, onChange, look = "lines", error } = props;
  return (
    <AriaRadioGroup
      className={fieldStyles.field}
      value={value}
      onChange={(id) => onChange(id as K)}
      orientation={look === "lines" ? "vertical" : "horizontal"}
      isInvalid={error !== undefined}
      validationBehavior="aria"
    >
      <Label className={hideLabel ? "sr" : fieldStyles.label}>{label}</Label>
      <div className={s[look]}>
        {options.map((option) => (
          <Radio
            key={option.id}
            value={option.id}
            isDisabled={option.isDisabled}
            className={cx(s.choice, look === "cards" && s.card)}
          >
            <span className={s.dot} aria-hidden />
            <span className={s.words}>
              <span className={look === "cards" ? "medium" : undefined}>{option.name}</span>
              {option.detail && (
                <Text slot="description" className={s.detail}>
                  {option.detail}
                </Text>
              )}
            </span>
          </Radio>
        ))}
      </div>
      <FieldFoot error={error} />
    </AriaRadioGroup>
  );
}
