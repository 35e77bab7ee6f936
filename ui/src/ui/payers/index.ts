export { payerChoices } from "./find";
export { SharesEditor } from "./SharesEditor";
export { inputsOf, rowOf, type ShareRow, studentRow } from "./shares";
