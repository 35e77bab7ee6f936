import { ListBox, ListBoxItem } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { useDesk } from "~/ipc/desk";
import { ComboBox, DateField, MoneyField } from "../primitives";
import l from "../primitives/list.module.css";
import s from "./Filter.module.css";
import type { AmountRange, Choice, DayRange, Filter, Found, Narrowing } from "./filters";
import { valueAt } from "./filters";

interface PanelProps<F extends Filter> {
  filter: F;
  address: object;
  onNarrow: (change: Narrowing) => void;
  /** The choice is made; nothing more is to be said. */
  onDone: () => void;
}

/** The fields of one filter, under its chip. */
export function FilterPanel(props: PanelProps<Filter>) {
  const { filter } = props;
  switch (filter.look) {
    case "days":
      return <DayPanel {...props} filter={filter} />;
    case "amounts":
      return <AmountPanel {...props} filter={filter} />;
    case "choice":
      return <ChoicePanel {...props} filter={filter} />;
    default:
      return <FoundPanel {...props} filter={filter} />;
  }
}

function DayPanel({ filter, address, onNarrow }: PanelProps<DayRange>) {
  const { t } = useTranslation("lists");
  const { today } = useDesk();
  const [from, to] = filter.keys;
  return (
    <div className={s.pair}>
      <DateField
        label={t("from")}
        value={valueAt(address, from) ?? null}
        onChange={(day) => onNarrow({ [from]: day ?? undefined })}
        max={valueAt(address, to)}
        today={today}
        autoFocus
      />
      <DateField
        label={t("to")}
        value={valueAt(address, to) ?? null}
        onChange={(day) => onNarrow({ [to]: day ?? undefined })}
        min={valueAt(address, from)}
        today={today}
      />
    </div>
  );
}

function AmountPanel({ filter, address, onNarrow }: PanelProps<AmountRange>) {
  const { t } = useTranslation("lists");
  const { currency } = useDesk();
  return (
    <div className={s.pair}>
      {filter.keys.map((key, at) => (
        <MoneyField
          key={key}
          label={t(at === 0 ? "from" : "to")}
          value={valueAt(address, key) ?? null}
          onChange={(amount) => onNarrow({ [key]: amount ?? undefined })}
          currency={currency}
          allowNegative
          autoFocus={at === 0}
        />
      ))}
    </div>
  );
}

function ChoicePanel({ filter, address, onNarrow, onDone }: PanelProps<Choice>) {
  const [key] = filter.keys;
  const chosen = valueAt(address, key);
  return (
    <ListBox
      aria-label={filter.name}
      className={l.list}
      selectionMode="single"
      selectedKeys={chosen === undefined ? [] : [chosen]}
      autoFocus
      onSelectionChange={(keys) => {
        const [id] = keys === "all" ? [] : [...keys];
        onNarrow({ [key]: id === undefined ? undefined : String(id) });
        onDone();
      }}
    >
      {filter.options.map(({ id, name }) => (
        <ListBoxItem key={id} id={id} textValue={name} className={l.item}>
          <span className="clip">{name}</span>
        </ListBoxItem>
      ))}
    </ListBox>
  );
}

function FoundPanel({ filter, onNarrow, onDone }: PanelProps<Found>) {
  return (
    <ComboBox
      label={filter.name}
      value={null}
      onChange={(found) => {
        if (!found) return;
        onNarrow({ [filter.keys[0]]: found.id });
        onDone();
      }}
      load={filter.load}
      placeholder={filter.placeholder}
      autoFocus
    />
  );
}
