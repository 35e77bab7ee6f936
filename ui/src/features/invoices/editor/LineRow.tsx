import { X } from "lucide-react";
import { type KeyboardEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { formatAmount, UNIT_PRICE_DECIMALS } from "~/domain/money";
import { codesOn } from "~/domain/taxCodes";
import { useDesk } from "~/ipc/desk";
import type { IssueCheck } from "~/ipc/gen/IssueCheck";
import type { LineInput } from "~/ipc/gen/LineInput";
import type { LineSums } from "~/ipc/gen/LineSums";
import type { ServiceRow } from "~/ipc/gen/ServiceRow";
import {
  Amount,
  ComboBox,
  type ComboOption,
  type FieldProps,
  IconButton,
  MoneyField,
  NumberField,
  Select,
} from "~/ui/primitives";
import { findServices, useSchoolTables } from "../api";
import { useCheckText } from "./checkText";
import type { PriceOf } from "./currency";
import { cellName, lineOf } from "./draft";
import s from "./Editor.module.css";

interface LineRowProps {
  place: number;
  line: LineInput;
  sums: LineSums | null;
  problem?: IssueCheck;
  currency: string;
  priceOf: PriceOf;
  isFresh: boolean;
  onChange: (line: LineInput) => void;
  onRemove: () => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

interface ServiceOption extends ComboOption {
  service: ServiceRow;
}

const choices = (query: string, signal: AbortSignal): Promise<ServiceOption[]> =>
  findServices(query, signal).then((rows) =>
    rows.slice(0, 50).map((service) => ({
      id: service.id,
      name: service.name,
      code: service.code,
      meta: service.tax_name,
      price: formatAmount({ amount: service.unit_price, currency: service.currency }),
      service,
    })),
  );

/** One line: a service of the price list or free text, and what Rust makes of it. */
export function LineRow(props: LineRowProps) {
  const { place, line, sums, problem, isFresh, onChange, onRemove, onKeyDown } = props;
  const { t } = useTranslation("invoices");
  const checkText = useCheckText();
  // Half a line is no mistake while it is typed.
  const [isIn, setIn] = useState(false);
  const cell = (field: string, label: string) => ({
    label: `${label}, ${t("line_number", { number: place + 1 })}`,
    name: cellName(place, field),
    hideLabel: true,
    look: "cell" as const,
    error: problem?.field === field && !isIn ? checkText(problem) : undefined,
  });
  const gone = cell("gone", t("remove_line"));
  return (
    // Before the fields: a choice would otherwise open by the Enter that means the next line.
    <tr
      onKeyDownCapture={onKeyDown}
      onFocus={() => setIn(true)}
      onBlur={() => setIn(false)}
      data-wrong={(problem && !isIn) || undefined}
    >
      <td className={s.place}>{place + 1}</td>
      <td>
        <ServiceCell
          cell={{
            ...cell("description", t("service")),
            error: cell("description", "").error ?? cell("kind", "").error,
          }}
          line={line}
          priceOf={props.priceOf}
          onChange={onChange}
        />
      </td>
      <NumberCells cell={cell} line={line} currency={props.currency} onChange={onChange} />
      <td className={s.amount} data-stale={!isFresh || undefined}>
        <Amount of={sums?.amount} look="main" />
      </td>
      <td className={s.gone}>
        <IconButton icon={X} size="small" label={gone.label} onPress={onRemove} />
      </td>
    </tr>
  );
}

/** What every cell that is typed in shares. */
type Cell = Pick<FieldProps, "label" | "hideLabel" | "look" | "name" | "error">;

/** The school's VAT codes, each once. */
function useTaxCodes() {
  const { today } = useDesk();
  return codesOn(useSchoolTables()?.tax_codes ?? [], today);
}

interface ServiceCellProps {
  cell: Cell;
  line: LineInput;
  priceOf: PriceOf;
  onChange: (line: LineInput) => void;
}

function ServiceCell({ cell, line, priceOf, onChange }: ServiceCellProps) {
  const { t } = useTranslation("invoices");
  const [first] = useTaxCodes();
  const chosen = line.description
    ? ({ id: line.service_id ?? "text", name: line.description } as ServiceOption)
    : null;
  function take(service: ServiceRow) {
    const price = priceOf(service.id, service.unit_price);
    const put = (unit_price: string) => onChange(lineOf({ ...service, unit_price }, line));
    if (typeof price === "string") put(price);
    else void price.then(put);
  }
  return (
    <ComboBox<ServiceOption>
      {...cell}
      value={chosen}
      load={choices as never}
      placeholder={t("service_hint")}
      onChange={(option) => option?.service && take(option.service)}
      onText={(description) =>
        description !== line.description &&
        onChange({
          ...line,
          description,
          service_id: null,
          tax_code: line.tax_code || (first?.code ?? ""),
        })
      }
    />
  );
}

interface NumberCellsProps {
  cell: (field: string, label: string) => Cell;
  line: LineInput;
  currency: string;
  onChange: (line: LineInput) => void;
}

/** Quantity, price, discount and VAT: Enter in them goes on to the next line. */
function NumberCells({ cell, line, currency, onChange }: NumberCellsProps) {
  const { t } = useTranslation("invoices");
  const codes = useTaxCodes();
  return (
    <>
      <td className={s.qty} data-goes-on>
        <NumberField
          {...cell("quantity", t("quantity"))}
          decimals={4}
          value={line.quantity}
          onChange={(quantity) => onChange({ ...line, quantity: quantity ?? "" })}
        />
      </td>
      <td className={s.price} data-goes-on>
        <MoneyField
          {...cell("unit_price", t("price"))}
          hideCurrency
          allowNegative
          decimals={UNIT_PRICE_DECIMALS}
          currency={currency}
          value={line.unit_price || null}
          onChange={(price) => onChange({ ...line, unit_price: price ?? "" })}
        />
      </td>
      <td className={s.disc} data-goes-on>
        <NumberField
          {...cell("discount_percent", t("discount"))}
          decimals={2}
          suffix="%"
          value={line.discount_percent === "0" ? null : line.discount_percent}
          onChange={(percent) => onChange({ ...line, discount_percent: percent ?? "0" })}
        />
      </td>
      <td className={s.vat} data-goes-on>
        <Select
          {...cell("tax_code", t("vat"))}
          options={codes.map((code) => ({ id: code.code, name: code.name }))}
          value={line.tax_code || null}
          placeholder={t("choose")}
          onChange={(tax_code) => onChange({ ...line, tax_code })}
        />
      </td>
    </>
  );
}
