import { ArrowLeft, X } from "lucide-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "~/ui/primitives";
import s from "./Guide.module.css";
import { GuideList } from "./GuideList";
import { GuidePage } from "./GuidePage";
import { closeGuide, turnTo, useGuide } from "./open";

/** The guide beside the work. What is described stays in view and in use. */
export function GuidePanel() {
  const { t } = useTranslation(["guide", "common"]);
  const { page, asked } = useGuide();
  const body = useRef<HTMLElement>(null);
  const before = useRef<Element | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whoever asks for it again wants to be in it again
  useEffect(() => {
    if (before.current === null) before.current = document.activeElement;
    const search = body.current?.querySelector<HTMLElement>("input");
    (search ?? body.current)?.focus();
    body.current?.scrollTo({ top: 0 });
  }, [asked]);
  useEffect(
    () => () => {
      // Where the focus came from may be gone with its screen.
      const back = before.current?.isConnected ? before.current : document.getElementById("work");
      if (back instanceof HTMLElement) back.focus();
    },
    [],
  );
  return (
    <aside
      className={s.panel}
      aria-label={t("title")}
      data-guide
      onKeyDown={(event) => {
        if (event.key !== "Escape" || event.defaultPrevented) return;
        // It closes this and nothing behind it.
        event.stopPropagation();
        closeGuide();
      }}
    >
      <header className={s.head}>
        {page !== null && (
          <IconButton icon={ArrowLeft} label={t("all_pages")} onPress={() => turnTo(null)} />
        )}
        <h2 className={s.name}>{t("title")}</h2>
        <IconButton icon={X} label={t("close")} onPress={closeGuide} />
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls takes the keys */}
      <section ref={body} className={s.body} tabIndex={0} aria-label={t("page")}>
        {page === null ? <GuideList /> : <GuidePage id={page} />}
      </section>
    </aside>
  );
}
