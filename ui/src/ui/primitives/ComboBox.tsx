import { ComboBox as AriaComboBox } from "react-aria-components";
import { ComboInput, ComboList } from "./ComboBoxParts";
import { FieldFoot, FieldLabel, type FieldProps, fieldStyles as s } from "./Field";
import { useSearching } from "./useSearching";

export interface ComboOption {
  id: string;
  name: string;
  code?: string;
  meta?: string;
  /** Already formatted; stands right-aligned in the last column. */
  price?: string;
}

export interface ComboBoxProps<O extends ComboOption = ComboOption> extends FieldProps {
  value: O | null;
  onChange: (option: O | null) => void;
  /** Finds choices for what was typed; asked with "" when the list opens empty. */
  load: (query: string, signal: AbortSignal) => Promise<readonly O[]>;
  placeholder?: string;
  /** Takes what is typed as long as no choice is made of it: a line of free text. */
  onText?: (text: string) => void;
}

/** One out of many that are searched where they are kept: students, services, accounts. */
export function ComboBox<O extends ComboOption>(props: ComboBoxProps<O>) {
  const search = useSearching(props);
  return (
    <AriaComboBox
      className={s.field}
      data-look={props.look}
      items={search.found.options}
      inputValue={search.text}
      onInputChange={search.change}
      value={props.value?.id || null}
      onChange={search.choose}
      onOpenChange={search.setOpen}
      onBlur={search.leave}
      defaultFilter={() => true}
      allowsEmptyCollection
      allowsCustomValue
      menuTrigger="input"
      isInvalid={props.error !== undefined}
      isRequired={props.isRequired}
      isDisabled={props.isDisabled}
      isReadOnly={props.isReadOnly}
      autoFocus={props.autoFocus}
      validationBehavior="aria"
    >
      <FieldLabel {...props} />
      <ComboInput search={search} placeholder={props.placeholder} name={props.name} />
      <FieldFoot {...props} />
      <ComboList box={search.box} found={search.found} />
    </AriaComboBox>
  );
}
