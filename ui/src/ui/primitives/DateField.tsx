import { parseDate } from "@internationalized/date";
import { CalendarDays, ChevronLeft, ChevronRight } from "lucide-react";
import { type KeyboardEvent, useEffect, useState } from "react";
import {
  Button as AriaButton,
  TextField as AriaTextField,
  Calendar,
  CalendarCell,
  CalendarGrid,
  Dialog,
  DialogTrigger,
  Heading,
  Input,
  Popover,
} from "react-aria-components";
import { useTranslation } from "react-i18next";
import { addDays, formatDate, type IsoDate, parseDateInput, todayIso } from "~/domain/dates";
import { usePreferences } from "../preferences";
import { cx } from "./cx";
import c from "./DateField.module.css";
import { FieldFoot, FieldLabel, type FieldProps, fieldStyles as s } from "./Field";
import { Icon } from "./Icon";

export interface DateFieldProps extends FieldProps {
  value: IsoDate | null;
  onChange: (date: IsoDate | null) => void;
  min?: IsoDate;
  max?: IsoDate;
  /** The day that `t`, `+14` and `15` count from; the clock's day unless a test sets it. */
  today?: IsoDate;
}

function useDateText({ value, onChange, today = todayIso() }: DateFieldProps) {
  const { language } = usePreferences();
  const shown = (date: IsoDate | null) => (date ? formatDate(date, "long", language, today) : "");
  const [text, setText] = useState(() => shown(value));
  const parsed = parseDateInput(text, today);

  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new value may replace the text
  useEffect(() => {
    if (value !== parsed) setText(shown(value));
  }, [value, language]);

  return {
    text,
    parsed,
    today,
    isEmpty: text.trim() === "",
    shown,
    change(next: string) {
      setText(next);
      onChange(parseDateInput(next, today));
    },
    settle(date: IsoDate | null) {
      if (date) setText(shown(date));
    },
    pick(date: IsoDate) {
      setText(shown(date));
      onChange(date);
    },
  };
}

/** The only way to take a day: typed in full or by shorthand, stepped by arrows, or picked. */
export function DateField(props: DateFieldProps) {
  const { min, max } = props;
  const { t } = useTranslation("fields");
  const [isFocused, setFocused] = useState(false);
  const date = useDateText(props);
  const { parsed } = date;

  let problem: string | undefined;
  if (!date.isEmpty && !parsed && !isFocused) problem = t("date_unknown");
  else if (parsed && min && parsed < min) problem = t("date_before", { date: date.shown(min) });
  else if (parsed && max && parsed > max) problem = t("date_after", { date: date.shown(max) });
  const error = props.error ?? problem;

  function onKeyDown(e: KeyboardEvent) {
    if (e.key === "Enter") date.settle(parsed);
    if (e.key !== "ArrowUp" && e.key !== "ArrowDown") return;
    if (e.altKey || props.isReadOnly) return;
    e.preventDefault();
    date.pick(addDays(parsed ?? date.today, e.key === "ArrowUp" ? 1 : -1));
  }

  const showsPreview = isFocused && parsed !== null && date.text !== date.shown(parsed);
  return (
    <AriaTextField
      className={s.field}
      data-look={props.look}
      name={props.name}
      value={date.text}
      onChange={date.change}
      onFocus={() => setFocused(true)}
      onBlur={() => {
        setFocused(false);
        date.settle(parsed);
      }}
      isInvalid={error !== undefined}
      isRequired={props.isRequired}
      isDisabled={props.isDisabled}
      isReadOnly={props.isReadOnly}
      autoFocus={props.autoFocus}
      autoComplete="off"
      validationBehavior="aria"
    >
      <FieldLabel {...props} />
      <div className={s.box}>
        <Input
          className={cx(s.input, s.numeric)}
          onKeyDown={onKeyDown}
          onFocus={(e) => e.currentTarget.select()}
        />
        {showsPreview && (
          <span className={s.preview} aria-live="polite">
            {date.shown(parsed)}
          </span>
        )}
        {!props.isReadOnly && (
          <DayPicker value={parsed} min={min} max={max} onPick={date.pick} today={date.today} />
        )}
      </div>
      <FieldFoot hint={props.hint} error={error} />
    </AriaTextField>
  );
}

interface DayPickerProps {
  value: IsoDate | null;
  min?: IsoDate;
  max?: IsoDate;
  today: IsoDate;
  onPick: (date: IsoDate) => void;
}

function DayPicker({ value, min, max, today, onPick }: DayPickerProps) {
  const { t } = useTranslation();
  return (
    <DialogTrigger>
      <AriaButton className={s.boxButton} aria-label={t("calendar_open")}>
        <Icon of={CalendarDays} />
      </AriaButton>
      <Popover className={c.popover} placement="bottom end" offset={8}>
        <Dialog aria-label={t("calendar")} className={c.dialog}>
          {({ close }) => (
            <Calendar
              aria-label={t("calendar")}
              autoFocus
              defaultFocusedValue={parseDate(value ?? today)}
              value={value ? parseDate(value) : null}
              minValue={min ? parseDate(min) : undefined}
              maxValue={max ? parseDate(max) : undefined}
              onChange={(day) => {
                onPick(day.toString());
                close();
              }}
            >
              <header className={c.head}>
                <AriaButton slot="previous" className={c.step}>
                  <Icon of={ChevronLeft} />
                </AriaButton>
                <Heading className={c.month} />
                <AriaButton slot="next" className={c.step}>
                  <Icon of={ChevronRight} />
                </AriaButton>
              </header>
              <CalendarGrid weekdayStyle="short" className={c.grid}>
                {(day) => (
                  <CalendarCell
                    date={day}
                    className={cx(c.day, day.toString() === today && c.today)}
                  />
                )}
              </CalendarGrid>
            </Calendar>
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
