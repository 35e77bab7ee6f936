import { i18n } from "~/i18n";
import { rpc } from "~/ipc/client";
import { faultOf, faultText } from "~/ipc/errors";
import type { DraftInput } from "~/ipc/gen/DraftInput";
import type { InvoiceFilter } from "~/ipc/gen/InvoiceFilter";
import type { MadeFile } from "~/ipc/gen/MadeFile";
import { chooseFolder, openFile } from "~/ipc/host";
import type { GridSelection } from "~/ui/grid";
import { toast } from "~/ui/primitives";

/** Which paper: a document that is issued, or a draft as it is typed. */
export interface PaperOf {
  kind: "draft" | "invoice" | "credit_note";
  id: string;
  draft?: DraftInput;
}

const make = ({ kind, id, draft }: PaperOf, folder: string | null) =>
  rpc("paper", { kind, id, draft: draft ?? null, wish: { inline: false, folder } });

function failed(thrown: unknown): void {
  toast({ tone: "danger", text: faultText(faultOf(thrown)) });
}

async function show(file: MadeFile): Promise<void> {
  const isOpen = await openFile(file.path);
  if (!isOpen) toast({ tone: "success", text: i18n.t("invoices:paper_lies", { path: file.path }) });
}

/** Opens a paper in the person's own viewer, which prints it. */
export async function openPaper(paper: PaperOf): Promise<void> {
  try {
    await show(await make(paper, null));
  } catch (thrown) {
    failed(thrown);
  }
}

/** Saves a paper in a folder that the person chooses. */
export async function savePaper(paper: PaperOf): Promise<void> {
  try {
    const folder = await chooseFolder();
    if (folder === undefined) return;
    const file = await make(paper, folder);
    toast({
      text: i18n.t("invoices:paper_saved", { path: file.path }),
      action: {
        label: i18n.t("invoices:paper_open"),
        onPress: () => void show(file).catch(failed),
      },
    });
  } catch (thrown) {
    failed(thrown);
  }
}

/** One file of all selected documents, in the order of their numbers. */
export async function openMergedPaper(
  filter: InvoiceFilter,
  selection: GridSelection,
): Promise<void> {
  const ids = selection.mode === "some" ? [...selection.ids] : [];
  const except = selection.mode === "all" ? [...selection.except] : [];
  try {
    const wish = { inline: false, folder: null };
    await show(await rpc("merged_paper", { filter, ids, except, wish }));
  } catch (thrown) {
    failed(thrown);
  }
}
