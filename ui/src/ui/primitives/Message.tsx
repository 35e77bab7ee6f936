import { CircleAlert, CircleCheck, CircleMinus, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import type { Tone } from "~/domain/status";
import { cx } from "./cx";
import { Icon, type LucideIcon } from "./Icon";
import s from "./Message.module.css";

const SIGNS: Record<Tone, LucideIcon> = {
  neutral: Info,
  info: Info,
  success: CircleCheck,
  warning: TriangleAlert,
  danger: CircleAlert,
  credit: CircleMinus,
};

export interface MessageProps {
  tone: Tone;
  /** The sentence that must be read; it stands in bold in front. */
  title?: ReactNode;
  children?: ReactNode;
  icon?: LucideIcon;
  /** Buttons at the right: the one thing to do about it. */
  actions?: ReactNode;
}

function Message({ tone, title, children, icon, actions, look }: MessageProps & { look?: string }) {
  return (
    <div className={cx(s.message, s[tone], look)} role={tone === "danger" ? "alert" : "status"}>
      <Icon of={icon ?? SIGNS[tone]} className={s.sign} />
      <p className={s.words}>
        {title && <b>{title} </b>}
        {children}
      </p>
      {actions && <div className={s.actions}>{actions}</div>}
    </div>
  );
}

/** Across the page: about the whole page or a connection. One per connection. */
export function Banner(props: MessageProps) {
  return <Message {...props} look={s.banner} />;
}

/** Inside the work: about this form or this panel. */
export function Note(props: MessageProps) {
  return <Message {...props} look={s.note} />;
}
