import { X } from "lucide-react";
import { type KeyboardEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { formatAmount } from "~/domain/money";
import type { IssueCheck } from "~/ipc/gen/IssueCheck";
import type { LineInput } from "~/ipc/gen/LineInput";
import type { LineSums } from "~/ipc/gen/LineSums";
import type { ServiceRow } from "~/ipc/gen/ServiceRow";
import {
  Amount,
  ComboBox,
  type ComboOption,
  IconButton,
  MoneyField,
  NumberField,
  Select,
} from "~/ui/primitives";
import { findServices, useSchoolTables } from "../api";
import { useCheckText } from "./checkText";
import { lineOf } from "./draft";
import s from "./Editor.module.css";

interface LineRowProps {
  place: number;
  line: LineInput;
  sums: LineSums | null;
  problem?: IssueCheck;
  currency: string;
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
  const { place, line, sums, problem, currency, isFresh, onChange, onRemove, onKeyDown } = props;
  const { t } = useTranslation("invoices");
  const tables = useSchoolTables();
  const checkText = useCheckText();
  // Half a line is no mistake while it is typed.
  const [isIn, setIn] = useState(false);
  const codes = [...new Map((tables?.tax_codes ?? []).map((code) => [code.code, code])).values()];
  const named = (label: string) => `${label}, ${t("line_number", { number: place + 1 })}`;
  const wrong = (field: string) =>
    problem?.field === field && !isIn ? checkText(problem) : undefined;
  const chosen = line.description
    ? ({ id: line.service_id ?? "text", name: line.description } as ServiceOption)
    : null;
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
        <ComboBox<ServiceOption>
          label={named(t("service"))}
          hideLabel
          look="cell"
          value={chosen}
          load={choices as never}
          placeholder={t("service_hint")}
          error={wrong("description") ?? wrong("kind")}
          onChange={(option) => option?.service && onChange(lineOf(option.service, line))}
          onText={(description) =>
            description !== line.description &&
            onChange({
              ...line,
              description,
              service_id: null,
              tax_code: line.tax_code || (codes[0]?.code ?? ""),
            })
          }
        />
      </td>
      <td className={s.qty} data-goes-on>
        <NumberField
          label={named(t("quantity"))}
          hideLabel
          look="cell"
          decimals={4}
          value={line.quantity}
          error={wrong("quantity")}
          onChange={(quantity) => onChange({ ...line, quantity: quantity ?? "" })}
        />
      </td>
      <td className={s.price} data-goes-on>
        <MoneyField
          label={named(t("price"))}
          hideLabel
          look="cell"
          hideCurrency
          allowNegative
          currency={currency}
          value={line.unit_price || null}
          error={wrong("unit_price")}
          onChange={(price) => onChange({ ...line, unit_price: price ?? "" })}
        />
      </td>
      <td className={s.disc} data-goes-on>
        <NumberField
          label={named(t("discount"))}
          hideLabel
          look="cell"
          decimals={2}
          suffix="%"
          value={line.discount_percent === "0" ? null : line.discount_percent}
          error={wrong("discount_percent")}
          onChange={(percent) => onChange({ ...line, discount_percent: percent ?? "0" })}
        />
      </td>
      <td className={s.vat} data-goes-on>
        <Select
          label={named(t("vat"))}
          hideLabel
          look="cell"
          options={codes.map((code) => ({ id: code.code, name: code.name }))}
          value={line.tax_code || null}
          error={wrong("tax_code")}
          placeholder={t("choose")}
          onChange={(tax_code) => onChange({ ...line, tax_code })}
        />
      </td>
      <td className={s.amount} data-stale={!isFresh || undefined}>
        <Amount of={sums?.amount} look="main" />
      </td>
      <td className={s.gone}>
        <IconButton icon={X} size="small" label={named(t("remove_line"))} onPress={onRemove} />
      </td>
    </tr>
  );
}
