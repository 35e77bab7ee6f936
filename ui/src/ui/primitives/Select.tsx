import { Check, ChevronDown } from "lucide-react";
import {
  Select as AriaSelect,
  Button,
  ListBox,
  ListBoxItem,
  Popover,
  SelectValue,
} from "react-aria-components";
import { cx } from "./cx";
import { FieldFoot, FieldLabel, type FieldProps, fieldStyles as s } from "./Field";
import { Icon } from "./Icon";
import l from "./list.module.css";

export interface SelectOption<K extends string = string> {
  id: K;
  name: string;
  /** Shown at the end of the row, dimmed. */
  meta?: string;
  isDisabled?: boolean;
}

export interface SelectProps<K extends string = string> extends FieldProps {
  options: readonly SelectOption<K>[];
  value: K | null;
  onChange: (id: K) => void;
  placeholder?: string;
}

/** One out of a short list that is known in full. */
export function Select<K extends string>(props: SelectProps<K>) {
  const { options, value, onChange, placeholder } = props;
  return (
    <AriaSelect
      className={s.field}
      data-look={props.look}
      value={value}
      onChange={(id) => id !== null && onChange(String(id) as K)}
      name={props.name}
      placeholder={placeholder}
      isInvalid={props.error !== undefined}
      isRequired={props.isRequired}
      isDisabled={props.isDisabled || props.isReadOnly}
      autoFocus={props.autoFocus}
      validationBehavior="aria"
    >
      <FieldLabel {...props} />
      <Button className={s.box}>
        <SelectValue className={cx("clip", "grow")}>
          {({ isPlaceholder, defaultChildren }) =>
            isPlaceholder ? (
              <span className={s.placeholder}>{defaultChildren}</span>
            ) : (
              options.find((o) => o.id === value)?.name
            )
          }
        </SelectValue>
        <Icon of={ChevronDown} />
      </Button>
      <FieldFoot {...props} />
      <Popover className={l.popover} offset={4}>
        <ListBox className={l.list} items={options.map((o) => ({ ...o }))}>
          {(option) => (
            <ListBoxItem
              id={option.id}
              className={l.item}
              textValue={option.name}
              isDisabled={option.isDisabled}
            >
              {({ isSelected }) => (
                <>
                  <span className={l.tick}>{isSelected && <Icon of={Check} size={14} />}</span>
                  {option.name}
                  {option.meta && <span className={l.end}>{option.meta}</span>}
                </>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
