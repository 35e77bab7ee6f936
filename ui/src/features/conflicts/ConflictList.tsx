import { GitCompareArrows } from "lucide-react";
import { type KeyboardEvent, useRef } from "react";
import { useTranslation } from "react-i18next";
import { localKey, useCommands } from "~/commands/registry";
import type { ConflictView } from "~/ipc/gen/ConflictView";
import { cx, Icon, Moment } from "~/ui/primitives";
import s from "./Conflicts.module.css";
import { byCause, labelOf, titleOf } from "./words";

interface ConflictListProps {
  all: readonly ConflictView[];
  openId: string;
  systemName: (key: string) => string;
  onOpen: (id: string) => void;
}

/** Conflicts at the left, those of one cause together. Arrows walk through all of them. */
export function ConflictList({ all, openId, systemName, onOpen }: ConflictListProps) {
  const { t } = useTranslation("conflicts");
  useCommands([localKey("conflicts.walk", "arrowup arrowdown", () => t("key_walk"), "screen")]);
  const box = useRef<HTMLDivElement>(null);
  function walk(e: KeyboardEvent) {
    const step = e.key === "ArrowDown" ? 1 : e.key === "ArrowUp" ? -1 : 0;
    if (step === 0) return;
    const rows = [...(box.current?.querySelectorAll<HTMLButtonElement>("button[data-id]") ?? [])];
    const at = rows.indexOf(document.activeElement as HTMLButtonElement);
    const next = rows[Math.min(rows.length - 1, Math.max(0, at + step))];
    if (!next) return;
    e.preventDefault();
    next.focus();
    onOpen(next.dataset.id ?? "");
  }
  return (
    <nav className={s.list} aria-label={t("list")}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrows walk between the buttons in it */}
      <div ref={box} onKeyDown={walk}>
        {byCause(all).map(([cause, group]) => (
          <section key={cause}>
            <h2 className={s.groupHead}>
              {titleOf(t, cause, systemName(group[0]?.system ?? ""))}
              <span className="num">{group.length}</span>
            </h2>
            <ul>
              {group.map((one) => (
                <li key={one.id}>
                  <button
                    type="button"
                    data-id={one.id}
                    className={cx(s.row, one.id === openId && s.rowOpen)}
                    aria-current={one.id === openId || undefined}
                    onClick={() => onOpen(one.id)}
                  >
                    <Icon of={GitCompareArrows} className="fg-danger" />
                    <span className="grow">
                      <span className={s.rowTitle}>{labelOf(t, one)}</span>
                      <span className={s.rowSub}>
                        {systemName(one.system)} · <Moment of={one.seen_at} />
                      </span>
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </nav>
  );
}
