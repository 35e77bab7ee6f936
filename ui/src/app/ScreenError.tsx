import type { ErrorComponentProps } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { faultOf, faultText, RpcError } from "~/ipc/errors";
import { Button, Note, Page, PageHead, Scroll, toast } from "~/ui/primitives";

/** What a person may hand to support: the fault with its reference, nothing from the books. */
export function detailsOf(thrown: unknown): string {
  const fault = faultOf(thrown);
  const stack = thrown instanceof Error ? (thrown.stack ?? "") : "";
  return JSON.stringify({ ...fault, stack }, null, 2);
}

/** A screen that failed, in its own place: the shell around it goes on working. */
export function ScreenError({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation();
  const fault = faultOf(error);
  async function copy() {
    await navigator.clipboard.writeText(detailsOf(error));
    toast({ text: t("copied") });
  }
  return (
    <Page>
      <PageHead title={t("crash_title")} />
      <Scroll width="narrow">
        <Note
          tone="danger"
          actions={
            <>
              <Button size="small" onPress={copy}>
                {t("copy_details")}
              </Button>
              <Button size="small" variant="primary" onPress={reset}>
                {t("crash_again")}
              </Button>
            </>
          }
        >
          {error instanceof RpcError ? faultText(fault) : t("crash_body")}
          {fault.correlation_id && <> {t("reference", { id: fault.correlation_id })}</>}
        </Note>
      </Scroll>
    </Page>
  );
}
