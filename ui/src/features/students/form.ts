import type { Person } from "~/ipc/gen/Person";
import type { StudentView } from "~/ipc/gen/StudentView";

export const EMPTY_PERSON: Person = {
  name: "",
  email: "",
  phone: "",
  address: { line1: "", line2: "", postal_code: "", city: "", country: "" },
  reach_by: null,
};

/** Fields of the form, as a refusal of the backend names them. */
export const PERSON_FIELDS = [
  "number",
  "person.name",
  "person.email",
  "person.phone",
  "person.reach_by",
  "person.address.line1",
  "person.address.line2",
  "person.address.postal_code",
  "person.address.city",
] as const;

export type FormProblem = "name_missing" | "number_digits" | "email_shape";

/** What can be told before asking the backend, which checks again. */
export function problemsOf(person: Person, number: string): Record<string, FormProblem> {
  const problems: Record<string, FormProblem> = {};
  if (person.name.trim() === "") problems["person.name"] = "name_missing";
  if (!/^([1-9]\d*)?$/.test(number.trim())) problems.number = "number_digits";
  const email = person.email.trim();
  if (email !== "" && !/^[^\s@]+@[^\s@]+$/.test(email)) problems["person.email"] = "email_shape";
  return problems;
}

export type Standing = "owes" | "credit" | "settled";

/** What a balance means to the student, who reads words and not signs. */
export function standingOf(student: Pick<StudentView, "balance">): Standing {
  const { amount } = student.balance;
  if (/^[-+]?0*(\.0*)?$/.test(amount)) return "settled";
  return amount.startsWith("-") ? "credit" : "owes";
}

/** An address as an envelope shows it: the country only when it is another than the school's. */
export function addressLines({ address }: Person, homeCountry = ""): string {
  const city = [address.postal_code, address.city].filter(Boolean).join(" ");
  const country = address.country === homeCountry ? "" : address.country;
  return [address.line1, address.line2, city, country].filter(Boolean).join("\n");
}
