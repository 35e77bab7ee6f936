import { X } from "lucide-react";
import type { KeyboardEvent } from "react";
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
  const codes = [...new Map((tables?.tax_codes ?? []).map((code) => [code.code, code])).values()];
  const named = (label: string) => `${label}, ${t("line_number", { number: place + 1 })}`;
  const chosen = line.description
    ? ({ id: line.service_id ?? "text", name: line.description } as ServiceOption)
    : null;
  return (
    <tr onKeyDown={onKeyDown} data-wrong={problem ? true : undefined}>
      <td className={s.place}>{place + 1}</td>
      <td>
        <ComboBox<ServiceOption>
          label={named(t("service"))}
          hideLabel
          value={chosen}
          load={choices as never}
          placeholder={t("service_hint")}
          error={problem && checkText(problem)}
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
      <td className={s.qty}>
        <NumberField
          label={named(t("quantity"))}
          hideLabel
          decimals={4}
          value={line.quantity}
          onChange={(quantity) => onChange({ ...line, quantity: quantity ?? "" })}
        />
      </td>
      <td className={s.price}>
        <MoneyField
          label={named(t("price"))}
          hideLabel
          hideCurrency
          allowNegative
          currency={currency}
          value={line.unit_price || null}
          onChange={(price) => onChange({ ...line, unit_price: price ?? "" })}
        />
      </td>
      <td className={s.disc}>
        <NumberField
          label={named(t("discount"))}
          hideLabel
          decimals={2}
          suffix="%"
          value={line.discount_percent === "0" ? null : line.discount_percent}
          onChange={(percent) => onChange({ ...line, discount_percent: percent ?? "0" })}
        />
      </td>
      <td className={s.vat} data-last-cell>
        <Select
          label={named(t("vat"))}
          hideLabel
          options={codes.map((code) => ({ id: code.code, name: code.name }))}
          value={line.tax_code || null}
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
