import { rpc } from "~/ipc/client";
import type { ListPackages } from "~/ipc/gen/ListPackages";
import type { PackagePage } from "~/ipc/gen/PackagePage";
import type { PackageRow } from "~/ipc/gen/PackageRow";
import { useRpc, useRpcMutation } from "~/ipc/hooks";
import { type SortBy, useWindowedRows } from "~/ui/grid";
import { type PackageShelf, type PackagesSearch, USUAL_DAYS } from "./routes";

export interface PackagesWanted {
  query: string;
  shelf: PackageShelf;
  within: string;
  department: string | null;
  sort: SortBy;
}

export const wantedFrom = (search: PackagesSearch, sort: SortBy): PackagesWanted => ({
  query: search.query ?? "",
  shelf: search.shelf ?? "active",
  within: search.within ?? USUAL_DAYS,
  department: search.department ?? null,
  sort,
});

/** What the list asks for, whichever of its pages. */
export const packagesRequest = (wanted: PackagesWanted): ListPackages => ({
  shelf: wanted.shelf,
  query: wanted.query,
  department_id: wanted.department,
  within_days: Number(wanted.within),
  order: { by: wanted.sort.column, descending: wanted.sort.direction === "descending" },
  window: { offset: 0, limit: 0 },
});

/** Packages a page at a time, with what is owed to students in all that match. */
export const usePackageRows = (wanted: PackagesWanted) =>
  useWindowedRows<PackageRow, PackagePage>({
    queryKey: ["list_packages", wanted],
    fetchPage: (offset, limit, signal) =>
      rpc("list_packages", { ...packagesRequest(wanted), window: { offset, limit } }, signal),
  });

export const usePackagesOf = (student_id: string) =>
  useRpc("student_packages", { student_id }, { keepPrevious: true });
export const useExtendMany = () => useRpcMutation("extend_packages");
