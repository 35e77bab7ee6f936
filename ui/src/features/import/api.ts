import { useRpcMutation } from "~/ipc/hooks";

import type { ImportKind } from "./routes";

/** What a booking system tells is daily work; students and prices come in by another right. */
export const useImport = (kind: ImportKind) =>
  useRpcMutation(kind === "bookings" ? "import_bookings" : "import_csv");
