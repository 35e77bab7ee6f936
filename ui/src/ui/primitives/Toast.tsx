import { CircleAlert, CircleCheck, Info, TriangleAlert, Undo2, X } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { create } from "zustand";
import { Button, IconButton } from "./Button";
import { Icon, type LucideIcon } from "./Icon";
import s from "./Toast.module.css";

export type ToastTone = "success" | "info" | "warning" | "danger" | "undo";

export interface ToastMessage {
  text: string;
  tone?: ToastTone;
  /** The verb that follows, such as Review or Undo. */
  action?: { label: string; onPress: () => void };
  /** How long it stays. A failure stays until it is dismissed. */
  timeout_ms?: number;
}

interface Shown extends ToastMessage {
  id: number;
}

interface ToastQueue {
  shown: Shown[];
  show: (message: ToastMessage) => number;
  dismiss: (id: number) => void;
}

/** Ten seconds is what the office has to take something back. */
const STAY_MS = 10_000;
const AT_MOST = 4;

let lastId = 0;

export const useToasts = create<ToastQueue>((set) => ({
  shown: [],
  show(message) {
    lastId += 1;
    const id = lastId;
    set(({ shown }) => ({ shown: [...shown, { ...message, id }].slice(-AT_MOST) }));
    return id;
  },
  dismiss: (id) => set(({ shown }) => ({ shown: shown.filter((m) => m.id !== id) })),
}));

/** Shows a toast from anywhere, also outside a component. */
export const toast = (message: ToastMessage): number => useToasts.getState().show(message);

const SIGNS: Record<ToastTone, LucideIcon> = {
  success: CircleCheck,
  info: Info,
  warning: TriangleAlert,
  danger: CircleAlert,
  undo: Undo2,
};

/** Owned by the shell: the two live regions of the window and what they show. */
export function ToastRegion() {
  const { t } = useTranslation();
  const shown = useToasts((q) => q.shown);
  const [isHeld, setHeld] = useState(false);
  const polite = shown.filter((m) => m.tone !== "danger");
  const urgent = shown.filter((m) => m.tone === "danger");
  return (
    <section
      className={s.region}
      aria-label={t("notifications")}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <div aria-live="polite" className={s.stack}>
        {polite.map((m) => (
          <ToastCard key={m.id} message={m} isHeld={isHeld} />
        ))}
      </div>
      <div aria-live="assertive" className={s.stack}>
        {urgent.map((m) => (
          <ToastCard key={m.id} message={m} isHeld={isHeld} />
        ))}
      </div>
    </section>
  );
}

function ToastCard({ message, isHeld }: { message: Shown; isHeld: boolean }) {
  const { id, text, tone = "success", action, timeout_ms } = message;
  const { t } = useTranslation();
  const dismiss = useToasts((q) => q.dismiss);
  const stay_ms = timeout_ms ?? (tone === "danger" ? 0 : STAY_MS);
  useEffect(() => {
    if (isHeld || stay_ms === 0) return;
    const timer = setTimeout(() => dismiss(id), stay_ms);
    return () => clearTimeout(timer);
  }, [isHeld, stay_ms, id, dismiss]);
  return (
    <div className={s.toast} data-tone={tone}>
      <Icon of={SIGNS[tone]} />
      <span className="grow">{text}</span>
      {action && (
        <Button
          size="small"
          variant="quiet"
          onPress={() => {
            action.onPress();
            dismiss(id);
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton icon={X} size="small" label={t("dismiss")} onPress={() => dismiss(id)} />
    </div>
  );
}
