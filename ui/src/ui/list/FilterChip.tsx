import { type ReactNode, useRef } from "react";
import { Dialog, Popover } from "react-aria-components";
import { Chip } from "../primitives";
import s from "./Filter.module.css";

interface FilterChipProps {
  name: string;
  value?: string;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  onRemove?: () => void;
  /** The fields that say to what the list is narrowed. */
  children: ReactNode;
}

/** A chip whose fields open under it. */
export function FilterChip({
  name,
  value,
  isOpen,
  onOpenChange,
  onRemove,
  children,
}: FilterChipProps) {
  const anchor = useRef<HTMLSpanElement>(null);
  return (
    <span ref={anchor} className={s.anchor}>
      <Chip name={name} value={value} onPress={() => onOpenChange(!isOpen)} onRemove={onRemove} />
      <Popover
        className={s.popover}
        triggerRef={anchor}
        isOpen={isOpen}
        onOpenChange={onOpenChange}
        placement="bottom start"
        offset={4}
      >
        <Dialog aria-label={name} className={s.panel}>
          {children}
        </Dialog>
      </Popover>
    </span>
  );
}
