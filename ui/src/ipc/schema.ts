/** The calls of the backend by name. Loose until the generated schema is there to re-export. */
// biome-ignore lint/suspicious/noExplicitAny: any response type is right until the schema exists
export type RpcSchema = Record<string, { request: unknown; response: any }>;
