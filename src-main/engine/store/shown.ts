/** SQL condition: the content in `column` belongs to a photo of a folder that is not excluded. */
export function isShown(column: string): string {
  return `EXISTS (SELECT 1 FROM files s JOIN folders o ON o.id = s.folder_id
    WHERE s.content_id = ${column} AND o.role <> 'excluded')`;
}
