import { type ReactNode, useId } from "react";
import { Button as AriaButton, Tooltip, TooltipTrigger } from "react-aria-components";
import s from "./Button.module.css";
import { cx } from "./cx";
import { Icon, type LucideIcon } from "./Icon";
import { Kbd } from "./Kbd";

export type ButtonVariant = "primary" | "secondary" | "quiet" | "danger" | "danger-fill";

interface Common {
  variant?: ButtonVariant;
  size?: "small" | "normal" | "form";
  onPress?: () => void;
  isDisabled?: boolean;
  /** Why this person cannot do it now. The button stays in the tab order and tells the reason. */
  disabledReason?: string;
  autoFocus?: boolean;
  slot?: string;
}

export interface ButtonProps extends Common {
  children: ReactNode;
  icon?: LucideIcon;
  /** Shows the shortcut on the button; it is registered as a command, not here. */
  keys?: string;
  /** Work is under way: keeps the width, shows a turning ring and refuses a second press. */
  isBusy?: boolean;
  type?: "button" | "submit";
  form?: string;
}

function classes({ variant = "secondary", size = "normal", disabledReason }: Common, icon = false) {
  return cx(s.button, s[variant], s[size], icon && s.iconOnly, disabledReason && s.off);
}

export function Button(props: ButtonProps) {
  const { children, icon, keys, isBusy = false, disabledReason, onPress, autoFocus } = props;
  const reasonId = useId();
  const button = (
    <AriaButton
      className={classes(props)}
      type={props.type ?? "button"}
      form={props.form}
      slot={props.slot}
      isDisabled={props.isDisabled}
      isPending={isBusy}
      autoFocus={autoFocus}
      onPress={disabledReason ? undefined : onPress}
      aria-describedby={disabledReason ? reasonId : undefined}
    >
      <span className={s.content}>
        {icon && <Icon of={icon} />}
        {children}
        {keys && <Kbd keys={keys} />}
      </span>
      {isBusy && <span className={s.ring} />}
      {disabledReason && (
        <span id={reasonId} hidden>
          {disabledReason}
        </span>
      )}
    </AriaButton>
  );
  return disabledReason ? <Hint text={disabledReason}>{button}</Hint> : button;
}

export interface IconButtonProps extends Common {
  icon: LucideIcon;
  /** What the button does; read aloud and shown on hover. */
  label: string;
}

export function IconButton(props: IconButtonProps) {
  const { icon, label, disabledReason, onPress } = props;
  return (
    <Hint text={disabledReason ?? label}>
      <AriaButton
        className={classes({ ...props, variant: props.variant ?? "quiet" }, true)}
        slot={props.slot}
        aria-label={label}
        isDisabled={props.isDisabled}
        onPress={disabledReason ? undefined : onPress}
      >
        <Icon of={icon} />
      </AriaButton>
    </Hint>
  );
}

/** A short text that shows on hover and on keyboard focus. */
export function Hint({ text, children }: { text: string; children: ReactNode }) {
  return (
    <TooltipTrigger delay={500} closeDelay={0}>
      {children}
      <Tooltip className={s.hint} offset={4}>
        {text}
      </Tooltip>
    </TooltipTrigger>
  );
}
