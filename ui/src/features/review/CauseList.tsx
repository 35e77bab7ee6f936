import { Link } from "@tanstack/react-router";
import {
  CircleCheck,
  CircleHelp,
  Clock3,
  Lock,
  type LucideIcon,
  Plug,
  Scale,
  Shuffle,
  TriangleAlert,
} from "lucide-react";
import { type KeyboardEvent, useRef } from "react";
import { useTranslation } from "react-i18next";
import { localKey, useCommands } from "~/commands/registry";
import { causeWords } from "~/i18n/causes";
import type { CausesView } from "~/ipc/gen/CausesView";
import type { CauseView } from "~/ipc/gen/CauseView";
import { cx, Icon, Moment } from "~/ui/primitives";
import { holderOf, type Team } from "./GiveMenu";
import s from "./Review.module.css";

export const GROUPS = ["causes", "checking", "waiting"] as const;
export type Group = (typeof GROUPS)[number];

const SIGNS: Record<string, LucideIcon> = {
  mapping_missing: Shuffle,
  reference_gone: Shuffle,
  account_currency: Shuffle,
  period_locked: Lock,
  not_permitted: Lock,
  integrity: Scale,
  sign_in: Plug,
  to_map: Shuffle,
};
const TONES: Record<Group, string> = {
  causes: "fg-danger",
  checking: "fg-warning",
  waiting: "fg-neutral",
};

export const signOf = (cause: CauseView, group: Group): LucideIcon =>
  group === "checking"
    ? CircleHelp
    : (SIGNS[cause.class] ?? (group === "waiting" ? Clock3 : TriangleAlert));

export interface CauseListProps {
  view: CausesView;
  openId: string | undefined;
  systemName: (key: string) => string;
  onOpen: (id: string) => void;
}

/** Causes at the left, those that need a person first. Arrows walk through all groups. */
export function CauseList({ view, openId, systemName, onOpen }: CauseListProps) {
  const { t } = useTranslation("review");
  const box = useRef<HTMLDivElement>(null);
  useCommands([localKey("review.walk", "arrowup arrowdown", () => t("key_walk"), "screen")]);
  function walk(e: KeyboardEvent) {
    const step = e.key === "ArrowDown" ? 1 : e.key === "ArrowUp" ? -1 : 0;
    if (step === 0) return;
    const all = [...(box.current?.querySelectorAll<HTMLButtonElement>("button[data-cause]") ?? [])];
    const at = all.indexOf(document.activeElement as HTMLButtonElement);
    const next = all[Math.min(all.length - 1, Math.max(0, at + step))];
    if (!next) return;
    e.preventDefault();
    next.focus();
    onOpen(next.dataset.cause ?? "");
  }
  return (
    <nav className={s.causes} aria-label={t("list")}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrows walk between the buttons in it */}
      <div ref={box} className={s.causesIn} onKeyDown={walk}>
        {GROUPS.map((group) => (
          <CauseGroup
            key={group}
            group={group}
            causes={view[group]}
            team={view}
            openId={openId}
            systemName={systemName}
            onOpen={onOpen}
          />
        ))}
      </div>
      <div className={s.causesFoot}>
        <Icon of={CircleCheck} className="fg-success" />
        <span className="grow clip">
          {t("sent_today", { count: view.sent_today })}
          {view.last_sent_at && (
            <>
              , {t("last_at")} <Moment of={view.last_sent_at} />
            </>
          )}
        </span>
        <Link to="/exports">{t("exports")}</Link>
      </div>
    </nav>
  );
}

interface CauseGroupProps extends Omit<CauseListProps, "view"> {
  group: Group;
  causes: readonly CauseView[];
  team: Team;
}

function CauseGroup({ group, causes, team, openId, systemName, onOpen }: CauseGroupProps) {
  const { t } = useTranslation("review");
  if (causes.length === 0) return null;
  return (
    <section>
      <h2 className={s.groupHead}>
        {t(`group_${group}`)}
        <span className="num">{t("causes", { count: causes.length })}</span>
      </h2>
      <ul>
        {causes.map((cause) => {
          const system = systemName(cause.system);
          const { title } = causeWords(cause, system);
          const holder = holderOf(cause, team);
          return (
            <li key={cause.id}>
              <button
                type="button"
                data-cause={cause.id}
                className={cx(s.cause, cause.id === openId && s.causeOpen)}
                aria-current={cause.id === openId || undefined}
                onClick={() => onOpen(cause.id)}
              >
                <Icon of={signOf(cause, group)} className={TONES[group]} />
                <span className="grow">
                  <span className={s.causeTitle} title={title}>
                    {title}
                  </span>
                  <span className={s.causeSub}>
                    {system} · {t("since")} <Moment of={cause.since} />
                    {holder && ` · ${holder}`}
                  </span>
                  {group === "checking" && (
                    <span className={s.causeSub}>{t("not_again", { system })}</span>
                  )}
                </span>
                <span className={s.causeCount}>{cause.documents}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
