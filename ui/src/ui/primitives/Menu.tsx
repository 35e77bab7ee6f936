import { Check } from "lucide-react";
import type { ReactElement } from "react";
import {
  Menu as AriaMenu,
  MenuTrigger as AriaMenuTrigger,
  Header,
  MenuItem,
  MenuSection,
  Popover,
  Separator,
} from "react-aria-components";
import { cx } from "./cx";
import { Icon, type LucideIcon } from "./Icon";
import { Kbd } from "./Kbd";
import l from "./list.module.css";

export interface MenuAction {
  id: string;
  label: string;
  icon?: LucideIcon;
  keys?: string;
  onAction?: () => void;
  /** Why it cannot be done; stands at the end of the row and disables it. */
  disabledReason?: string;
  isDanger?: boolean;
  /** Given for a choice that is kept: shows a tick when true. */
  isChosen?: boolean;
}

export interface MenuGroup {
  id: string;
  title?: string;
  actions: readonly MenuAction[];
}

export interface MenuProps {
  /** The button that opens it: a `Button` or an `IconButton`. */
  trigger: ReactElement;
  label: string;
  groups: readonly MenuGroup[];
  placement?: "bottom start" | "bottom end" | "top end";
}

/** A list of verbs. Groups are set apart by a line, or by their title. */
export function Menu({ trigger, label, groups, placement = "bottom end" }: MenuProps) {
  const all = groups.flatMap((g) => g.actions);
  return (
    <AriaMenuTrigger>
      {trigger}
      <Popover className={l.popover} placement={placement} offset={4}>
        <AriaMenu
          className={l.list}
          aria-label={label}
          onAction={(id) => all.find((a) => a.id === id)?.onAction?.()}
          disabledKeys={all.filter((a) => a.disabledReason).map((a) => a.id)}
        >
          {groups.flatMap((group, at) => [
            at > 0 && <Separator key={`${group.id}-rule`} className={l.rule} />,
            <MenuSection key={group.id} id={group.id} aria-label={group.title ?? label}>
              {group.title && <Header className={l.head}>{group.title}</Header>}
              {group.actions.map((action) => (
                <MenuRow key={action.id} action={action} />
              ))}
            </MenuSection>,
          ])}
        </AriaMenu>
      </Popover>
    </AriaMenuTrigger>
  );
}

function MenuRow({ action }: { action: MenuAction }) {
  const { id, label, icon, keys, disabledReason, isDanger, isChosen } = action;
  return (
    <MenuItem id={id} textValue={label} className={cx(l.item, isDanger && l.danger)}>
      {isChosen !== undefined && (
        <span className={l.tick}>{isChosen && <Icon of={Check} size={14} />}</span>
      )}
      {icon && <Icon of={icon} />}
      <span>{label}</span>
      {isChosen && <span className="sr">✓</span>}
      {(keys || disabledReason) && (
        <span className={l.end}>
          {disabledReason}
          {keys && !disabledReason && <Kbd keys={keys} />}
        </span>
      )}
    </MenuItem>
  );
}
