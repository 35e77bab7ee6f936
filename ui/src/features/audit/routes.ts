import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "~/app/root";
import { firstRows } from "~/ui/grid";
import { awaitFirst } from "~/ui/list/awaitFirst";
import { auditOf, firstChoices } from "./api";

export interface AuditSearch {
  actor?: string;
  kind?: string;
  from?: string;
  to?: string;
  /** The thing it is about, as `invoice/<id>`. */
  about?: string;
  /** The entry whose panel stands open. */
  open?: string;
}

const KEYS = ["actor", "kind", "from", "to", "about", "open"] as const;

export const auditRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/audit",
  validateSearch: (s: Record<string, unknown>): AuditSearch =>
    Object.fromEntries(KEYS.flatMap((key) => (s[key] ? [[key, String(s[key] as string)]] : []))),
  loaderDeps: ({ search }) => search,
  loader: ({ context: { client }, deps }) =>
    awaitFirst(client, firstRows(auditOf(deps)), firstChoices),
  component: lazyRouteComponent(() => import("./AuditScreen"), "AuditScreen"),
});
