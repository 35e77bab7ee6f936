import s from "./Page.module.css";
import { SearchField } from "./TextField";

export interface BarSearchProps {
  /** What is looked for; stands in the field while it is empty. */
  label: string;
  value: string;
  onChange: (value: string) => void;
}

/** The search of a list, in its bar. Gives way when the other controls need the room. */
export function BarSearch({ label, value, onChange }: BarSearchProps) {
  return (
    <div className={s.search}>
      <SearchField label={label} placeholder={label} value={value} onChange={onChange} />
    </div>
  );
}
