import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { RpcError } from "~/ipc/errors";
import { faultText } from "~/ipc/errors";
import { Banner, Button, SkeletonLines } from "~/ui/primitives";
import s from "./Reports.module.css";

interface ReportBodyProps<Part> {
  label: string;
  answer: {
    data: { parts: readonly Part[] } | undefined;
    error: RpcError | null;
    refetch: () => unknown;
  };
  currency: (part: Part) => string;
  children: (part: Part) => ReactNode;
}

/** The parts of a report, one for each currency; its name only where there are several. */
export function ReportBody<Part>(props: ReportBodyProps<Part>) {
  const { label, answer, currency, children } = props;
  const { t } = useTranslation("reports");
  const parts = answer.data?.parts;
  return (
    <section
      className={s.body}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls takes the keys
      tabIndex={0}
      aria-label={label}
      aria-busy={parts === undefined}
    >
      {answer.error && (
        <Banner
          tone="danger"
          title={faultText(answer.error.fault)}
          actions={
            <Button size="small" onPress={() => void answer.refetch()}>
              {t("again")}
            </Button>
          }
        />
      )}
      {!parts && !answer.error && (
        <div className={s.waiting}>
          <SkeletonLines count={12} />
        </div>
      )}
      {parts?.map((part) => (
        <div key={currency(part)}>
          {parts.length > 1 && <h2 className={s.currency}>{currency(part)}</h2>}
          {children(part)}
        </div>
      ))}
    </section>
  );
}
