import { Plus } from "lucide-react";
import { type KeyboardEvent, useRef } from "react";
import { useTranslation } from "react-i18next";
import { localKey, useCommands } from "~/commands/registry";
import type { IssueCheck } from "~/ipc/gen/IssueCheck";
import type { LineInput } from "~/ipc/gen/LineInput";
import type { LineSums } from "~/ipc/gen/LineSums";
import { Button } from "~/ui/primitives";
import type { PriceOf } from "./currency";
import { emptyLine, isBlank, moved } from "./draft";
import s from "./Editor.module.css";
import { LineRow } from "./LineRow";

interface LineSheetProps {
  lines: readonly LineInput[];
  /** One per line that is not blank, in order. */
  sums: readonly (LineSums | null)[];
  checks: readonly IssueCheck[];
  currency: string;
  /** What a service costs in another currency; the listed price unless said. */
  priceOf?: PriceOf;
  isFresh: boolean;
  /** Prices are typed with VAT in them. */
  withVat: boolean;
  onChange: (lines: LineInput[]) => void;
}

const listedPrice: PriceOf = (_, listed) => listed;

/** What a key means in a line; a number moves it up or down. */
function verbOf(event: KeyboardEvent): "copy" | "drop" | "new" | 1 | -1 | null {
  const mod = event.ctrlKey || event.metaKey;
  if (mod && event.key.toLowerCase() === "d") return "copy";
  if (mod && event.key === "Delete") return "drop";
  if (event.altKey && event.key === "ArrowUp") return -1;
  if (event.altKey && event.key === "ArrowDown") return 1;
  if (event.key !== "Enter" || mod || event.nativeEvent.isComposing) return null;
  // Space opens the choice of VAT; Enter goes on, as from the numbers before it.
  return (event.target as HTMLElement).closest("[data-goes-on]") === null ? null : "new";
}

/** What can be done to the lines; the focus goes where the next one is written. */
function useLines(lines: readonly LineInput[], onChange: (lines: LineInput[]) => void) {
  const sheet = useRef<HTMLTableElement>(null);
  const focusLine = (place: number) =>
    requestAnimationFrame(() => {
      const rows = sheet.current?.querySelectorAll<HTMLElement>("tbody tr");
      rows?.[Math.max(0, Math.min(place, rows.length - 1))]?.querySelector("input")?.focus();
    });
  const replace = (place: number, line: LineInput) =>
    onChange(lines.map((old, n) => (n === place ? line : old)));
  const add = (place: number, line: LineInput) => {
    onChange([...lines.slice(0, place), line, ...lines.slice(place)]);
    focusLine(place);
  };
  const goOn = (place: number) => {
    if (place === lines.length - 1) add(place + 1, emptyLine());
    else focusLine(place + 1);
  };
  const drop = (place: number) => {
    const rest = lines.filter((_, n) => n !== place);
    onChange(rest.length > 0 ? rest : [emptyLine()]);
    focusLine(place);
  };
  const onKeyDown = (place: number, line: LineInput) => (event: KeyboardEvent) => {
    const act = verbOf(event);
    if (act === null) return;
    event.preventDefault();
    event.stopPropagation();
    if (act === "copy") add(place + 1, { ...line });
    else if (act === "new") goOn(place);
    else if (act === "drop") drop(place);
    else {
      onChange(moved(lines, place, act));
      focusLine(place + act);
    }
  };
  return { sheet, replace, drop, onKeyDown, addLast: () => add(lines.length, emptyLine()) };
}

/** The lines, like a sheet: Tab walks the cells, Enter goes on to a next line. */
export function LineSheet(props: LineSheetProps) {
  const { lines, sums, checks, currency, isFresh, onChange } = props;
  const { t } = useTranslation("invoices");
  const { sheet, replace, drop, onKeyDown, addLast } = useLines(lines, onChange);
  useCommands([
    localKey("lines.next", "enter", () => t("line_next"), "screen"),
    localKey("lines.copy", "mod+d", () => t("line_copy"), "screen"),
    localKey("lines.drop", "mod+delete", () => t("line_drop"), "screen"),
    localKey("lines.move", "alt+arrowup", () => t("line_move"), "screen"),
  ]);
  const errors = checks.filter((check) => check.outcome === "error");
  let priced = -1;
  return (
    <div className={s.sheetBox}>
      <table className={s.sheet} ref={sheet} aria-label={t("lines")}>
        <Heads withVat={props.withVat} />
        <tbody>
          {lines.map((line, place) => {
            if (!isBlank(line)) priced += 1;
            const at = isBlank(line) ? undefined : priced;
            return (
              <LineRow
                // biome-ignore lint/suspicious/noArrayIndexKey: a line has no identity but its place
                key={place}
                place={place}
                line={line}
                sums={at === undefined ? null : (sums[at] ?? null)}
                problem={at === undefined ? undefined : errors.find((check) => check.line === at)}
                currency={currency}
                priceOf={props.priceOf ?? listedPrice}
                isFresh={isFresh}
                onChange={(next) => replace(place, next)}
                onRemove={() => drop(place)}
                onKeyDown={onKeyDown(place, line)}
              />
            );
          })}
        </tbody>
      </table>
      <div className={s.addLine}>
        <Button variant="quiet" icon={Plus} onPress={addLast}>
          {t("add_line")}
        </Button>
      </div>
    </div>
  );
}

function Heads({ withVat }: { withVat: boolean }) {
  const { t } = useTranslation("invoices");
  return (
    <thead>
      <tr>
        <th scope="col" className={s.place}>
          #
        </th>
        <th scope="col">{t("service")}</th>
        <th scope="col" className={s.qty}>
          {t("quantity")}
        </th>
        <th scope="col" className={s.price}>
          <span title={t(withVat ? "incl_vat" : "excl_vat")}>{t("price")}</span>
        </th>
        <th scope="col" className={s.disc}>
          {t("discount")}
        </th>
        <th scope="col" className={s.vat}>
          {t("vat")}
        </th>
        <th scope="col" className={s.amount}>
          {t("amount")}
        </th>
        <th scope="col" className={s.gone}>
          <span className="sr">{t("remove_line")}</span>
        </th>
      </tr>
    </thead>
  );
}
