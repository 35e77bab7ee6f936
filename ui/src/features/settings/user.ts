import type { SaveUser } from "~/ipc/gen/SaveUser";
import type { UserRow } from "~/ipc/gen/UserRow";

export const ROLES = ["owner", "admin", "staff", "accountant"] as const;
export type Role = (typeof ROLES)[number];

/** Fields of the form, as a refusal of the backend names them. */
export const USER_FIELDS = ["name", "login", "role", "departments", "active", "password"] as const;

/** A user being written; a password only with a new one. */
export type UserDraft = Omit<SaveUser, "role" | "password"> & { role: Role; password: string };

/** Who leads the school sees all of it. */
export const isLeading = (role: string) => role === "owner" || role === "admin";

export function userDraft(user: UserRow | null, isFirst: boolean, id: string): UserDraft {
  if (user === null) {
    const role = isFirst ? "owner" : "staff";
    return { id, login: "", name: "", role, departments: [], active: true, password: "" };
  }
  const { login, name, departments, active } = user;
  const role = ROLES.find((known) => known === user.role) ?? "staff";
  return { id: user.id, login, name, role, departments, active, password: "" };
}

/** What is missing, by field. The backend checks again. */
export function missingInUser(draft: UserDraft, isNew: boolean): readonly string[] {
  const missing: string[] = [];
  if (draft.name.trim() === "") missing.push("name");
  if (draft.login.trim() === "") missing.push("login");
  if (isNew && draft.password === "") missing.push("password");
  return missing;
}

export function requestOf(draft: UserDraft, isNew: boolean): SaveUser {
  return {
    ...draft,
    departments: isLeading(draft.role) ? [] : draft.departments,
    password: isNew ? draft.password : null,
  };
}
