import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { faultOf, faultText } from "~/ipc/errors";
import { Note } from "~/ui/primitives";
import { usePaper } from "../api";
import type { PaperOf } from "./files";
import s from "./Paper.module.css";
import { drawPages } from "./pdf";

interface PaperPreviewProps {
  paper: PaperOf;
  /** What the paper is: a preview, or the document that never changes. */
  sub: string;
  isWanted?: boolean;
  /** Stands at the right of the bar above the paper. */
  end?: ReactNode;
}

/** The paper as the customer gets it: drawn from the very file that is sent or printed. */
export function PaperPreview({ paper, sub, isWanted = true, end }: PaperPreviewProps) {
  const { t } = useTranslation("invoices");
  const { data, error, isPlaceholderData } = usePaper(
    {
      kind: paper.kind,
      id: paper.id,
      draft: paper.draft ?? null,
      wish: { inline: true, folder: null },
    },
    isWanted,
  );
  const sheets = useRef<HTMLDivElement>(null);
  const [isDrawn, setDrawn] = useState(false);
  const [isBroken, setBroken] = useState(false);
  const content = data?.content;
  useEffect(() => {
    if (!content || sheets.current === null) return;
    const drawing = new AbortController();
    drawPages(content, sheets.current, drawing.signal).then(
      () => setDrawn(true),
      () => !drawing.signal.aborted && setBroken(true),
    );
    return () => drawing.abort();
  }, [content]);
  return (
    <div className={s.desk}>
      <header className={s.bar}>
        <b className="medium">{t("paper_name")}</b>
        <span className="t2 clip grow">{sub}</span>
        {end}
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls takes the keys */}
      <section className={s.pad} tabIndex={0} aria-label={t("paper")}>
        {error && <Note tone="warning">{faultText(faultOf(error))}</Note>}
        {isBroken && <Note tone="warning">{t("paper_not_drawn")}</Note>}
        {!isDrawn && !error && (
          <div className={s.blank}>
            <span className={s.line} />
          </div>
        )}
        <div
          ref={sheets}
          className={s.sheets}
          data-stale={isPlaceholderData || undefined}
          role="img"
          aria-label={t("paper_of", { number: data?.name ?? "" })}
        />
      </section>
    </div>
  );
}
