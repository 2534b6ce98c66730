import { stringify } from 'yaml';
import type { Template, TemplateQuestion } from './book';

/**
 * A template as it is written in a Book: one file, for CSV the YAML file and the file it is about.
 * @returns the files in the order of reading, named as in `templates/`
 */
export function templateFiles(template: Template): readonly { readonly name: string; readonly text: string }[] {
  const { id, format, body } = template;
  const head = headOf(template);
  return format === 'csv' ? [{ name: `${id}.yaml`, text: head }, { name: `${id}.csv`, text: body }] : [{ name: `${id}.md`, text: `---\n${head}---\n${body}` }];
}

function headOf({ id, version, type, title, description, kind, prefix, phase, asks, format }: Template): string {
  return stringify({
    format: 1, id, version,
    ...(type === undefined ? {} : { type }),
    title: title.text,
    ...(title.en === undefined ? {} : { title_en: title.en }),
    ...(description === '' ? {} : { description }),
    ...(kind === 'document' ? {} : { kind }), ...(prefix === '' ? {} : { prefix }), ...(format === 'yaml' ? { output: 'yaml' } : {}),
    ...(phase.length === 0 ? {} : { phase }),
    ...(asks.length === 0 ? {} : { asks: asks.map(askOf) }),
  }, { lineWidth: 0 });
}

function askOf({ id, title, kind, default: usual }: TemplateQuestion): Readonly<Record<string, string>> {
  return { id, title: title.text, ...(title.en === undefined ? {} : { title_en: title.en }), kind, ...(usual === '' ? {} : { default: usual }) };
}
