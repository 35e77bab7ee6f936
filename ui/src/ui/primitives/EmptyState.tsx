import { CircleCheck, FilePlus2, Lock, Search } from "lucide-react";
import type { ReactNode } from "react";
import s from "./EmptyState.module.css";
import { Icon, type LucideIcon } from "./Icon";

const SIGNS = {
  first_use: FilePlus2,
  no_match: Search,
  all_done: CircleCheck,
  no_permission: Lock,
} as const satisfies Record<string, LucideIcon>;

export interface EmptyStateProps {
  /** Why it is empty: the four reasons never share a text. */
  kind: keyof typeof SIGNS;
  title: string;
  children?: ReactNode;
  icon?: LucideIcon;
  /** The way on: a button or a link. */
  action?: ReactNode;
}

export function EmptyState({ kind, title, children, icon, action }: EmptyStateProps) {
  return (
    <div className={s.empty} role="status">
      <Icon of={icon ?? SIGNS[kind]} size={20} />
      <b>{title}</b>
      {children && <p className={s.words}>{children}</p>}
      {action && <div className={s.action}>{action}</div>}
    </div>
  );
}
