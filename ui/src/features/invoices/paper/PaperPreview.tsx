import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { faultOf, faultText } from "~/ipc/errors";
import { Note, Skeleton } from "~/ui/primitives";
import { usePaper } from "../api";
import type { PaperOf } from "./files";
import s from "./Paper.module.css";
import { drawPages } from "./pdf";

/** The paper as the customer gets it: drawn from the very file that is sent or printed. */
export function PaperPreview({ paper, isWanted = true }: { paper: PaperOf; isWanted?: boolean }) {
  const { t } = useTranslation("invoices");
  const { data, error } = usePaper(
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
    <section className={s.desk} aria-label={t("paper")}>
      {error && <Note tone="warning">{faultText(faultOf(error))}</Note>}
      {isBroken && <Note tone="warning">{t("paper_not_drawn")}</Note>}
      {!isDrawn && !error && (
        <div className={s.blank}>
          <Skeleton width="40%" />
        </div>
      )}
      <div
        ref={sheets}
        className={s.sheets}
        role="img"
        aria-label={t("paper_of", { number: data?.name ?? "" })}
      />
    </section>
  );
}
