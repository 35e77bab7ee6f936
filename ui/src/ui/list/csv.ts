import { i18n } from "~/i18n";
import { rpc } from "~/ipc/client";
import { faultOf, faultText } from "~/ipc/errors";
import type { ListedRows } from "~/ipc/gen/ListedRows";
import { chooseFolder, openFile } from "~/ipc/host";
import { type GridSelection, NOTHING_SELECTED } from "../grid";
import { toast } from "../primitives";

const failed = (thrown: unknown) => toast({ tone: "danger", text: faultText(faultOf(thrown)) });

/** Which rows of a list are meant, as the backend asks for them. */
export const chosenRows = (selection: GridSelection) => ({
  ids: selection.mode === "some" ? [...selection.ids] : [],
  except: selection.mode === "all" ? [...selection.except] : [],
});

/** Writes rows of a list into a CSV file in a folder that the person chooses. */
export async function saveCsv(rows: ListedRows, selection = NOTHING_SELECTED): Promise<void> {
  try {
    const folder = await chooseFolder();
    if (folder === undefined) return;
    const wish = { inline: false, folder };
    const file = await rpc("list_csv", { rows, ...chosenRows(selection), wish });
    toast({
      text: i18n.t("lists:csv_made", { path: file.path }),
      action: {
        label: i18n.t("lists:csv_open"),
        onPress: () => void openFile(file.path).catch(failed),
      },
    });
  } catch (thrown) {
    failed(thrown);
  }
}
