import { host } from "./client";

/** Shows an https address in the person's own browser. Rejects with `RpcError`. */
export const openAddress = (address: string): Promise<void> => host().openAddress(address);

/**
 * Opens a made file in its own program. Resolves to false where the window cannot open files, as in
 * a browser: say then where the file lies. Rejects with `RpcError`.
 */
export const openFile = (path: string): Promise<boolean> => host().openFile(path);

/**
 * Asks for a folder. Undefined when the person thought better of it: then nothing is saved. Null
 * where nobody can be asked, as in a browser: a file then goes to the desk's own folder. Rejects
 * with `RpcError`.
 */
export const chooseFolder = (): Promise<string | null | undefined> => host().chooseFolder();
