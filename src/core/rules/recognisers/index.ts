import { email, personalEmail, phone } from './contacts';
import { date, time } from './dates';
import { id } from './ids';
import { fullWidthDigit, money, number, percent, quantity } from './numbers';
import { actor, person, role } from './people';
import { cardNumber, internalHost, meetingPasscode, myNumber, password, secret } from './secrets';
import { placeholder, unsafeCharacter } from './templates';
import { termVariant } from './terms';
import type { Recogniser } from './recogniser';
import { inWholeKana } from './whole-kana';

/** Every recogniser of the rule language by its name in rule files; `code` is read off the document's own structure. */
export const recognisers = {
  date, time, number, quantity, money, percent, person, role, actor, id, code: () => [], email,
  personal_email: personalEmail, phone, placeholder, term_variant: termVariant, full_width_digit: fullWidthDigit,
  unsafe_character: unsafeCharacter, internal_host: internalHost, meeting_passcode: meetingPasscode,
  password: inWholeKana(password), secret: inWholeKana(secret), my_number: inWholeKana(myNumber), card_number: inWholeKana(cardNumber),
} as const satisfies Readonly<Record<string, Recogniser>>;

export type RecogniserName = keyof typeof recognisers;

export function isRecogniser(name: unknown): name is RecogniserName {
  return typeof name === 'string' && Object.hasOwn(recognisers, name);
}
