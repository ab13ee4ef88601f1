import { flag, integer, list, type Of, record, text } from '../../json/shape.ts'

/** What `domxml vfio token new` prints as JSON. */
export const tokenReportShape = record('Report of a fresh VF token.', {
  physicalFunction: text('The PF whose family gets it.'),
  token: text('Always ***: it stands in the files.'),
  written: flag('Whether the files were replaced.'),
  files: list(
    'The files that were given.',
    record('A file.', {
      file: text('As it was given.'),
      functions: list(
        'The places that get the token; a file without any is left as it is.',
        record('A source address.', {
          address: text('PCI address of the PF or VF.'),
          replaced: flag('Whether it had a token before.'),
          line: integer('Line in the file before the change, from 1.', 1),
          column: integer('Column in the line in characters, from 1.', 1),
        }),
      ),
    }),
  ),
})

export const tokenReportSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'domxml vfio token report',
  ...tokenReportShape.schema,
}

export type TokenReport = Of<typeof tokenReportShape>
