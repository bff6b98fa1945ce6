/** The standard's own cases (RFC 8785 sections 3.2.2 to 3.2.3 and appendix B), and what has no canonical form. */
import { describe, expect, test } from 'vitest';
import { canonicalBytes, canonicalJson } from '../../../shared/audit/canonicalJson.ts';

/** IEEE 754 bits, big-endian hex -> number. */
function double(hex: string): number {
  return Buffer.from(hex, 'hex').readDoubleBE(0);
}

describe('canonical JSON', () => {
  test.each([
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['8000000000000001', '-5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['ffefffffffffffff', '-1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['c340000000000000', '-9007199254740992'],
    ['4430000000000000', '295147905179352830000'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'],
    ['44b52d02c7e14af7', '1.0000000000000001e+23'],
    ['444b1ae4d6e2ef4e', '999999999999999700000'],
    ['444b1ae4d6e2ef4f', '999999999999999900000'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555553', '333333333.3333332'],
    ['41b3de4355555554', '333333333.33333325'],
    ['41b3de4355555555', '333333333.3333333'],
    ['41b3de4355555556', '333333333.3333334'],
    ['41b3de4355555557', '333333333.33333343'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
    ['43143ff3c1cb0959', '1424953923781206.2'],
  ])('number %s is %s', (bits, text) => {
    expect(canonicalJson(double(bits))).toBe(text);
  });

  test("the standard's first example", () => {
    const value = JSON.parse(
      String.raw`{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],
        "string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}`,
    );
    expect(canonicalJson(value)).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    );
  });

  test('members are sorted by UTF-16 code units', () => {
    const value = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    };
    expect(Object.values(JSON.parse(canonicalJson(value)))).toEqual([
      // Integer-like keys come first in any parsed object; the text itself is checked below.
      'One',
      'Carriage Return',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ]);
    expect(canonicalJson(value).startsWith('{"\\r":"Carriage Return","1":"One","\u0080"')).toBe(true);
  });

  test('the bytes are UTF-8, unescaped beyond what JSON demands', () => {
    expect([...canonicalBytes('\u20ac\u007f\u2028')]).toEqual([
      0x22, 0xe2, 0x82, 0xac, 0x7f, 0xe2, 0x80, 0xa8, 0x22,
    ]);
  });

  test('undefined members are left out', () => {
    expect(canonicalJson({ b: undefined, a: 1 })).toBe('{"a":1}');
  });

  test.each([
    ['NaN', Number.NaN],
    ['an infinity', { a: [Number.POSITIVE_INFINITY] }],
    ['a lone surrogate', '\ud83d'],
    ['a lone surrogate in a key', { '\ude00': 1 }],
    ['undefined in an array', [undefined]],
    ['a function', () => 1],
    ['a big integer', 1n],
  ])('%s has no canonical form', (_, value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError);
  });

  test('a cycle or a hostile depth is refused instead of exhausting the stack', () => {
    const deep = JSON.parse(`${'['.repeat(5000)}${']'.repeat(5000)}`);
    expect(() => canonicalJson(deep)).toThrow('nested too deeply');
  });
});
