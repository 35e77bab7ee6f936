import { ChevronDown, Plus, X } from "lucide-react";
import { Button } from "react-aria-components";
import { useTranslation } from "react-i18next";
import s from "./Chip.module.css";
import { cx } from "./cx";
import { Icon } from "./Icon";

export interface ChipProps {
  /** What is filtered, in grey. */
  name: string;
  /** To what it is narrowed. Without it the chip only opens its choices. */
  value?: string;
  onPress?: () => void;
  onRemove?: () => void;
}

/** One filter that is on. Use it as the trigger of a `Menu` or with `onPress`. */
export function Chip({ name, value, onPress, onRemove }: ChipProps) {
  const { t } = useTranslation();
  return (
    <span className={s.chip}>
      <Button className={s.part} onPress={onPress}>
        <span className={s.name}>{name}</span>
        {value ? <span className={s.value}>{value}</span> : <Icon of={ChevronDown} size={12} />}
      </Button>
      {onRemove && (
        <Button className={s.remove} onPress={onRemove} aria-label={t("remove_filter", { name })}>
          <Icon of={X} size={12} />
        </Button>
      )}
    </span>
  );
}

/** The dashed chip that adds a filter; the trigger of a `Menu`. */
export function AddChip({ label, onPress }: { label: string; onPress?: () => void }) {
  return (
    <Button className={cx(s.chip, s.part, s.add)} onPress={onPress}>
      <Icon of={Plus} size={12} />
      {label}
    </Button>
  );
}
