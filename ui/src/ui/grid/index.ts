export { CellLink } from "./CellLink";
export type { GridColumn, SortBy } from "./columns";
export { DataGrid, type DataGridProps } from "./DataGrid";
export * from "./selection";
export * from "./sorting";
export * from "./useWindowedRows";
