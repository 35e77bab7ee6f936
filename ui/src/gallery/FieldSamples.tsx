import { useState } from "react";
import {
  Checkbox,
  ComboBox,
  type ComboOption,
  DateField,
  MoneyField,
  NumberField,
  RadioGroup,
  SearchField,
  Segmented,
  Select,
  Switch,
  TextArea,
  TextField,
} from "~/ui/primitives";
import s from "./Gallery.module.css";

const SERVICES: ComboOption[] = [
  { id: "1", code: "KT-B", name: "Kjøretime klasse B, 45 min", meta: "25 %", price: "790,00" },
  { id: "2", code: "KT-B90", name: "Kjøretime klasse B, 90 min", meta: "25 %", price: "1 580,00" },
  { id: "3", code: "SB", name: "Sikkerhetskurs på bane", meta: "exempt", price: "6 250,00" },
];

async function findServices(query: string) {
  return SERVICES.filter((o) => o.name.toLowerCase().includes(query.toLowerCase()));
}

export function FieldSample() {
  const [text, setText] = useState("Fjordby Trafikkskole");
  const [note, setNote] = useState("");
  const [amount, setAmount] = useState<string | null>("15000.00");
  const [wrong, setWrong] = useState<string | null>("450.00");
  const [due, setDue] = useState<string | null>("2026-12-04");
  const [method, setMethod] = useState<string>("bank");
  const [service, setService] = useState<ComboOption | null>(null);
  const [quantity, setQuantity] = useState<string | null>("6");
  const [find, setFind] = useState("");
  return (
    <div className={s.fields}>
      <TextField label="School" value={text} onChange={setText} />
      <DateField label="Due date" value={due} onChange={setDue} />
      <MoneyField label="Amount" currency="NOK" value={amount} onChange={setAmount} />
      <Select
        label="Method"
        value={method}
        onChange={setMethod}
        options={[
          { id: "bank", name: "Bank transfer" },
          { id: "vipps", name: "Vipps", meta: "KID" },
        ]}
      />
      <ComboBox
        label="Service"
        value={service}
        onChange={setService}
        load={findServices}
        placeholder="Code or name"
      />
      <MoneyField
        label="Refused"
        currency="NOK"
        value={wrong}
        onChange={setWrong}
        error="Two decimals at most"
      />
      <NumberField
        label="Quantity"
        value={quantity}
        onChange={setQuantity}
        decimals={2}
        suffix="hours"
        hint="Up to two decimals"
      />
      <SearchField
        label="Search"
        placeholder="Number, name or amount"
        value={find}
        onChange={setFind}
      />
      <TextField label="Closed" value="A-10461" onChange={() => undefined} isDisabled />
      <div style={{ gridColumn: "1 / -1" }}>
        <TextArea
          label="Reason"
          rows={2}
          value={note}
          onChange={setNote}
          placeholder="Kept with the credit note"
        />
      </div>
    </div>
  );
}

export function ChoiceSample() {
  const [isOn, setOn] = useState(true);
  const [isSent, setSent] = useState(true);
  const [view, setView] = useState<"rows" | "days" | "sums">("rows");
  const [rest, setRest] = useState<"credit" | "allocate" | "refund">("credit");
  return (
    <>
      <div className={s.line}>
        <Checkbox isSelected={isOn} onChange={setOn}>
          On
        </Checkbox>
        <Checkbox isSelected={false} isIndeterminate onChange={setOn}>
          Some
        </Checkbox>
        <Checkbox isSelected={!isOn} onChange={() => setOn(!isOn)}>
          Off
        </Checkbox>
        <Checkbox isSelected={false} isDisabled onChange={setOn}>
          Closed
        </Checkbox>
        <Switch isSelected={isSent} onChange={setSent}>
          Send reminders
        </Switch>
        <Switch isSelected={false} onChange={setSent}>
          Off
        </Switch>
        <Segmented
          label="View"
          value={view}
          onChange={setView}
          options={[
            { id: "rows", name: "Rows" },
            { id: "days", name: "Days" },
            { id: "sums", name: "Sums" },
          ]}
        />
      </div>
      <RadioGroup
        label="1 050,00 is left over. What is it?"
        look="cards"
        value={rest}
        onChange={setRest}
        options={[
          { id: "credit", name: "Keep as credit", detail: "usable on any of her invoices" },
          { id: "allocate", name: "Allocate to A-10479", detail: "not due before 27 Nov" },
          { id: "refund", name: "Refund", detail: "needs a reason" },
        ]}
      />
    </>
  );
}
