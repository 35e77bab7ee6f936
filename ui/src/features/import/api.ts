import { useRpcMutation } from "~/ipc/hooks";

export const useImport = () => useRpcMutation("import_csv");
