import { ToggleButton, ToggleButtonGroup } from "react-aria-components";
import { Icon, type LucideIcon } from "./Icon";
import s from "./Segmented.module.css";

export interface SegmentedProps<K extends string = string> {
  label: string;
  options: readonly { id: K; name: string; icon?: LucideIcon }[];
  value: K;
  onChange: (id: K) => void;
}

/** Two to four views of the same thing, exactly one of them on. */
export function Segmented<K extends string>(props: SegmentedProps<K>) {
  const { label, options, value, onChange } = props;
  return (
    <ToggleButtonGroup
      className={s.group}
      aria-label={label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={(keys) => {
        const [id] = keys;
        if (id !== undefined) onChange(String(id) as K);
      }}
    >
      {options.map(({ id, name, icon }) => (
        <ToggleButton key={id} id={id} className={s.part}>
          {icon && <Icon of={icon} />}
          {name}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
