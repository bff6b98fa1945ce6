/**
 * The parser of everything that comes from outside. zod would otherwise probe for `eval`, which the product's
 * content security policy reports as a violation, so every schema takes `z` from here.
 */
import { z } from 'zod';

z.config({ jitless: true });

export { z };
