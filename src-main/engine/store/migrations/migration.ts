export interface Migration {
  /** The schema that results, counted from 1 without gaps. */
  number: number;
  /** One line: why the schema changes. */
  reason: string;
  sql: string;
}
