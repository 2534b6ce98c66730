// Whatever needs documents, rules or pages of the Book: in a bundle of its own, so that a check of what has not changed starts without it.
export { writeBaselines } from './baselines';
export { bookCommand } from './book';
export { checker } from './checker';
export { applySafeFixes } from './fix';
export { gateCommand } from './gate';
export { goneFindings } from './gone-findings';
export { initCommand } from './init';
export { newCommand } from './new';
export { rulesCommand } from './rules';
export { search } from './search-host';
export { templatesCommand } from './templates';
export { typesCommand } from './types';
