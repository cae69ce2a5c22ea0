/* test-text.c: values as a person reads and types them */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "types/text.h"

#include <math.h>
#include <string.h>

typedef struct
{
  SondeType *u8, *i8, *i16, *u32, *u64, *i64, *f32, *f64, *truth, *letter, *mode, *pointer, *field,
      *signed_field, *mode_field, *flag, *access, *access_field, *utf8, *utf16, *utf32, *code;
} Types;

static Types types;

static SondeType *
new_number (const char *name, SondeEncoding encoding, guint size)
{
  return sonde_type_new_base (SONDE_KIND_NUMBER, name, encoding, FALSE, size);
}

static char *
dup_code_name (gpointer owner, guint64 address)
{
  if (address == 0x8000101)
    return g_strdup ("motor_step");
  return address > 0x8000101 && address < 0x8000140
             ? g_strdup_printf ("motor_step+0x%x", (guint) (address - 0x8000101))
             : NULL;
}

static gboolean
find_code (gpointer owner, const char *name, guint64 *address)
{
  if (!g_str_has_prefix (name, "motor_step"))
    return FALSE;
  *address = 0x8000101 + (name[10] == '+' ? g_ascii_strtoull (name + 11, NULL, 16) : 0);
  return TRUE;
}

static const SondeCodeNames code_names = { dup_code_name, find_code };

static void
make_types (void)
{
  static const SondeEnumerator access[] = { { "READ", 1 }, { "WRITE", 2 }, { "EXEC", 4 } };
  static const SondeEnumerator modes[] = { { "STOP", 0 }, { "RUN", 1 }, { "BROKEN", -2 } };

  types.u8 = new_number ("uint8_t", SONDE_ENCODING_UNSIGNED, 1);
  types.i8 = new_number ("int8_t", SONDE_ENCODING_SIGNED, 1);
  types.i16 = new_number ("int16_t", SONDE_ENCODING_SIGNED, 2);
  types.u32 = new_number ("uint32_t", SONDE_ENCODING_UNSIGNED, 4);
  types.u64 = new_number ("uint64_t", SONDE_ENCODING_UNSIGNED, 8);
  types.i64 = new_number ("int64_t", SONDE_ENCODING_SIGNED, 8);
  types.f32 = new_number ("float", SONDE_ENCODING_FLOAT, 4);
  types.f64 = new_number ("double", SONDE_ENCODING_FLOAT, 8);
  types.truth = sonde_type_new_base (SONDE_KIND_BOOL, "bool", SONDE_ENCODING_BOOL, FALSE, 1);
  types.letter = sonde_type_new_base (SONDE_KIND_CHAR, "char", SONDE_ENCODING_CHAR, TRUE, 1);
  types.mode = sonde_type_new_enum ("mode", SONDE_ENCODING_SIGNED, 4, modes, 3);
  types.pointer = sonde_type_new_pointer ("int *", 4, NULL, NULL, NULL, 0);
  types.field = sonde_type_new_bitfield (types.u32, 4, 3);
  types.signed_field = sonde_type_new_bitfield (types.i16, 0, 4);
  types.mode_field = sonde_type_new_bitfield (types.mode, 0, 3);
  types.flag = sonde_type_new_bitfield (types.truth, 0, 1);
  types.access = sonde_type_new_enum ("access", SONDE_ENCODING_UNSIGNED, 1, access, 3);
  types.access_field = sonde_type_new_bitfield (types.access, 2, 3);
  types.utf8 = new_number ("char8_t", SONDE_ENCODING_UTF, 1);
  types.utf16 = new_number ("char16_t", SONDE_ENCODING_UTF, 2);
  types.utf32 = new_number ("char32_t", SONDE_ENCODING_UTF, 4);
  types.code = sonde_type_new_code_pointer ("void (*)(void)", 4, &code_names, NULL, NULL);
}

static void
free_types (void)
{
  SondeType **all = (SondeType **) &types;

  for (guint i = 0; i < sizeof types / sizeof *all; i++)
    g_clear_pointer (&all[i], sonde_type_unref);
}

typedef struct
{
  SondeType **type;
  const char *typed;
  const char *shown; /* AUTO text of what was understood; NULL: refused */
  const char *message;
} Input;

// clang-format off
static const Input inputs[] = {
  { &types.u8, "255", "255", NULL },
  { &types.u8, "  7\t", "7", NULL },
  { &types.u8, "+7", "7", NULL },
  { &types.u8, "-0", "0", NULL },
  { &types.u8, "007", "7", NULL },
  { &types.u8, "0xff", "255", NULL },
  { &types.u8, "0B101", "5", NULL },
  { &types.u8, "1e2", "100", NULL },
  { &types.u8, "2.5e1", "25", NULL },
  { &types.u8, "0.1k", "100", NULL },
  { &types.u8, "'A'", "65", NULL },
  { &types.u8, "'\\n'", "10", NULL },
  { &types.u8, "'\\xfe'", "254", NULL },
  { &types.u8, "300", NULL, "300: out of range; uint8_t takes 0 .. 255" },
  { &types.u8, "-1", NULL, "-1: out of range; uint8_t takes 0 .. 255" },
  { &types.u8, "0x100", NULL, "0x100: out of range; uint8_t takes 0 .. 255" },
  { &types.u8, "1.5", NULL, "1.5: not a whole number; uint8_t takes 0 .. 255" },
  { &types.u8, "nan", NULL, "nan: not a whole number; uint8_t takes 0 .. 255" },
  { &types.u8, "inf", NULL, "inf: out of range; uint8_t takes 0 .. 255" },
  { &types.u8, "", NULL, ": not a number; uint8_t takes 0 .. 255" },
  { &types.u8, "ten", NULL, "ten: not a number; uint8_t takes 0 .. 255" },
  { &types.u8, "1 2", NULL, "1 2: not a number; uint8_t takes 0 .. 255" },
  { &types.u8, "1,5", NULL, "1,5: not a number; uint8_t takes 0 .. 255" },
  { &types.u8, "true", NULL, "true: not a number; uint8_t takes 0 .. 255" },
  { &types.u8, "0x", NULL, "0x: not a number; uint8_t takes 0 .. 255" },
  { &types.u8, "0b2", NULL, "0b2: not a number; uint8_t takes 0 .. 255" },
  { &types.u8, "--1", NULL, "--1: not a number; uint8_t takes 0 .. 255" },
  { &types.u8, "1e", NULL, "1e: not a number; uint8_t takes 0 .. 255" },
  { &types.u8, "1kk", NULL, "1kk: not a number; uint8_t takes 0 .. 255" },
  { &types.u8, ".", NULL, ".: not a number; uint8_t takes 0 .. 255" },
  { &types.u8, "'AB'", NULL, "'AB': not a number; uint8_t takes 0 .. 255" },
  { &types.u8, "''", NULL, "'': not a number; uint8_t takes 0 .. 255" },
  { &types.u8, "'\\'", NULL, "'\\': not a number; uint8_t takes 0 .. 255" },
  { &types.u8, "'\xc3\xa9'", NULL, "'\xc3\xa9': out of range; uint8_t takes 0 .. 255" },
  { &types.u8, "\033[1m", NULL, "\xe2\x90\x9b[1m: not a number; uint8_t takes 0 .. 255" },
  { &types.i8, "-128", "-128", NULL },
  { &types.i8, "0xff", "-1", NULL },
  { &types.i8, "-0x80", "-128", NULL },
  { &types.i8, "128", NULL, "128: out of range; int8_t takes -128 .. 127" },
  { &types.i8, "-0x81", NULL, "-0x81: out of range; int8_t takes -128 .. 127" },
  { &types.i16, "-1k5", "-1500", NULL },
  { &types.u32, "1k5", "1500", NULL },
  { &types.u32, "1.5k", "1500", NULL },
  { &types.u32, "2M", "2000000", NULL },
  { &types.u32, "4G", "4000000000", NULL },
  { &types.u32, "3000m", "3", NULL },
  { &types.u32, "'\xe2\x82\xac'", "8364", NULL },
  { &types.u32, "5G", NULL, "5G: out of range; uint32_t takes 0 .. 4294967295" },
  { &types.u32, "1000000000000000000000000e-22", "100", NULL },
  { &types.u32, "1e999999999999", NULL, "1e999999999999: out of range; uint32_t takes 0 .. 4294967295" },
  { &types.u32, "0e999999999999", "0", NULL },
  { &types.u32, "1e-999999999999", NULL, "1e-999999999999: not a whole number; uint32_t takes 0 .. 4294967295" },
  { &types.u64, "18446744073709551615", "18446744073709551615", NULL },
  { &types.u64, "9007199254740993", "9007199254740993", NULL },
  { &types.u64, "18446744073709551616", NULL, "18446744073709551616: out of range; uint64_t takes 0 .. 18446744073709551615" },
  { &types.u64, "0xffffffffffffffff", "18446744073709551615", NULL },
  { &types.u64, "0x10000000000000000", NULL, "0x10000000000000000: not a number; uint64_t takes 0 .. 18446744073709551615" },
  { &types.i64, "-9223372036854775808", "-9223372036854775808", NULL },
  { &types.i64, "9223372036854775807", "9223372036854775807", NULL },
  { &types.i64, "0xffffffffffffffff", "-1", NULL },
  { &types.i64, "-9223372036854775809", NULL, "-9223372036854775809: out of range; int64_t takes -9223372036854775808 .. 9223372036854775807" },
  { &types.f32, "0.1", "0.1", NULL },
  { &types.f32, "10m", "0.01", NULL },
  { &types.f32, "4u7", "4.7e-6", NULL },
  { &types.f32, "4.7\xc2\xb5", "4.7e-6", NULL },
  { &types.f32, ".5", "0.5", NULL },
  { &types.f32, "5.", "5", NULL },
  { &types.f32, "1E3", "1000", NULL },
  { &types.f32, "-inf", "-inf", NULL },
  { &types.f32, "NaN", "nan", NULL },
  { &types.f32, "0x10", "16", NULL },
  { &types.f32, "-0", "-0", NULL },
  { &types.f32, "1.00000017881393432617187499", "1.0000001", NULL },
  { &types.f32, "1e39", NULL, "1e39: out of range; float takes -3.4028235e38 .. 3.4028235e38" },
  { &types.f32, "'A'", NULL, "'A': not a number; float takes -3.4028235e38 .. 3.4028235e38" },
  { &types.f64, "1e39", "1e39", NULL },
  { &types.f64, "1e-400", "0", NULL },
  { &types.f64, "1e309", NULL, "1e309: out of range; double takes -1.7976931348623157e308 .. 1.7976931348623157e308" },
  { &types.truth, "true", "true", NULL },
  { &types.truth, "False", "false", NULL },
  { &types.truth, "1", "true", NULL },
  { &types.truth, "2", NULL, "2: out of range; bool takes false, true" },
  { &types.truth, "yes", NULL, "yes: not a number; bool takes false, true" },
  { &types.letter, "'x'", "'x'", NULL },
  { &types.letter, "65", "'A'", NULL },
  { &types.letter, "'\\xff'", "'\\xff'", NULL },
  { &types.letter, "'\\''", "'\\''", NULL },
  { &types.letter, "'''", "'\\''", NULL },
  { &types.letter, "'\\0'", "'\\0'", NULL },
  { &types.mode, "RUN", "RUN", NULL },
  { &types.mode, "BROKEN", "BROKEN", NULL },
  { &types.mode, "1", "RUN", NULL },
  { &types.mode, "7", "7", NULL },
  { &types.mode, "0xfffffffe", "BROKEN", NULL },
  { &types.mode, "4294967294", "BROKEN", NULL },
  { &types.mode, "run", NULL, "run: neither a name nor a number; mode takes STOP, RUN, BROKEN, -2147483648 .. 2147483647" },
  { &types.pointer, "0x20000100", "0x20000100", NULL },
  { &types.pointer, "NULL", "0x00000000", NULL },
  { &types.field, "7", "7", NULL },
  { &types.field, "8", NULL, "8: out of range; uint32_t:3 takes 0 .. 7" },
  { &types.signed_field, "-8", "-8", NULL },
  { &types.signed_field, "0xf", "-1", NULL },
  { &types.signed_field, "8", NULL, "8: out of range; int16_t:4 takes -8 .. 7" },
  { &types.mode_field, "BROKEN", "BROKEN", NULL },
  { &types.flag, "true", "true", NULL },
  { &types.flag, "2", NULL, "2: out of range; bool:1 takes false, true" },
  { &types.access, "READ|EXEC", "READ|EXEC", NULL },
  { &types.access, " EXEC | READ ", "READ|EXEC", NULL },
  { &types.access, "READ|0x40", "READ|0x40", NULL },
  { &types.access, "READ|READ", "READ", NULL },
  { &types.access, "READ|", NULL, "READ|: neither a name nor a number; access takes READ | WRITE | EXEC, 0 .. 255" },
  { &types.access, "READ|0x100", NULL, "READ|0x100: out of range; access takes READ | WRITE | EXEC, 0 .. 255" },
  { &types.access_field, "WRITE|EXEC", "WRITE|EXEC", NULL },
  { &types.access_field, "READ|8", NULL, "READ|8: out of range; access:3 takes READ | WRITE | EXEC, 0 .. 7" },
  { &types.mode, "RUN|4", "5", NULL },
  { &types.u8, "1|2", NULL, "1|2: not a number; uint8_t takes 0 .. 255" },
  { &types.utf16, "'\xc3\xa9'", "'\xc3\xa9'", NULL },
  { &types.utf32, "65", "'A'", NULL },
  { &types.code, "motor_step", "motor_step", NULL },
  { &types.code, "0x8000113", "motor_step+0x12", NULL },
  { &types.code, "NULL", "0x00000000", NULL },
  { &types.code, "0x20000000", "0x20000000", NULL },
  { &types.code, "motor", NULL, "motor: not a number; void (*)(void) takes 0 .. 4294967295" },
};
// clang-format on

static void
test_input (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (inputs); i++)
    {
      const Input *input = &inputs[i];
      g_autoptr (GError) error = NULL;
      SondeValue value;
      const gboolean is_ok = sonde_text_to_value (*input->type, input->typed, &value, &error);

      if (input->shown == NULL)
        {
          g_assert_false (is_ok);
          g_assert_cmpstr (error->message, ==, input->message);
          g_assert_true (error->domain == SONDE_TYPE_ERROR);
          continue;
        }
      g_assert_no_error (error);
      g_assert_true (is_ok);
      g_autofree char *shown = sonde_text_from_value (*input->type, &value, SONDE_FORMAT_AUTO);
      g_assert_cmpstr (shown, ==, input->shown);
    }
}

static void
test_error_codes (void)
{
  g_autoptr (GError) range = NULL;
  g_autoptr (GError) syntax = NULL;
  g_autoptr (GError) shape = NULL;
  g_autoptr (SondeType) array = sonde_type_new_array (NULL, types.u8, 2);
  g_autofree char *endless = g_strnfill (5000, '1');
  SondeValue value;

  g_assert_false (sonde_text_to_value (types.u8, "300", &value, &range));
  g_assert_error (range, SONDE_TYPE_ERROR, SONDE_TYPE_ERROR_RANGE);
  g_assert_cmpint (value.kind == SONDE_VALUE_NONE || !sonde_value_fits (types.u8, &value), ==,
                   TRUE);
  g_assert_false (sonde_text_to_value (types.u8, endless, &value, &syntax));
  g_assert_error (syntax, SONDE_TYPE_ERROR, SONDE_TYPE_ERROR_SYNTAX);
  g_assert_cmpuint (strlen (syntax->message), <, 200);
  g_assert_false (sonde_text_to_value (array, "1", &value, &shape));
  g_assert_error (shape, SONDE_TYPE_ERROR, SONDE_TYPE_ERROR_SYNTAX);
}

typedef struct
{
  SondeType **type;
  guint64 bits;
  SondeFormat format;
  const char *text;
} Output;

// clang-format off
static const Output outputs[] = {
  { &types.u8, 10, SONDE_FORMAT_HEX, "0x0A" },
  { &types.u8, 10, SONDE_FORMAT_BINARY, "0b00001010" },
  { &types.u8, 65, SONDE_FORMAT_CHAR, "'A'" },
  { &types.u8, 200, SONDE_FORMAT_CHAR, "'\\xc8'" },
  { &types.i8, 0xff, SONDE_FORMAT_AUTO, "-1" },
  { &types.i8, 0xff, SONDE_FORMAT_HEX, "0xFF" },
  { &types.i8, 0xff, SONDE_FORMAT_BINARY, "0b11111111" },
  { &types.u64, G_MAXUINT64, SONDE_FORMAT_HEX, "0xFFFFFFFFFFFFFFFF" },
  { &types.u32, 70000, SONDE_FORMAT_CHAR, "70000" },
  { &types.i16, 0x8000, SONDE_FORMAT_DECIMAL, "-32768" },
  { &types.mode, 1, SONDE_FORMAT_AUTO, "RUN" },
  { &types.mode, 1, SONDE_FORMAT_DECIMAL, "1" },
  { &types.mode, 0xfffffffe, SONDE_FORMAT_ENUM, "BROKEN" },
  { &types.mode, 9, SONDE_FORMAT_ENUM, "9" },
  { &types.u8, 9, SONDE_FORMAT_ENUM, "9" },
  { &types.truth, 1, SONDE_FORMAT_AUTO, "true" },
  { &types.truth, 2, SONDE_FORMAT_AUTO, "2" },
  { &types.truth, 1, SONDE_FORMAT_DECIMAL, "1" },
  { &types.letter, 10, SONDE_FORMAT_AUTO, "'\\n'" },
  { &types.letter, 0, SONDE_FORMAT_AUTO, "'\\0'" },
  { &types.letter, 0xff, SONDE_FORMAT_AUTO, "'\\xff'" },
  { &types.letter, 65, SONDE_FORMAT_DECIMAL, "65" },
  { &types.pointer, 0x20000100, SONDE_FORMAT_AUTO, "0x20000100" },
  { &types.pointer, 16, SONDE_FORMAT_DECIMAL, "16" },
  { &types.field, 5, SONDE_FORMAT_HEX, "0x5" },
  { &types.field, 5, SONDE_FORMAT_BINARY, "0b101" },
  { &types.signed_field, 0xf, SONDE_FORMAT_BINARY, "0b1111" },
  { &types.mode_field, 6, SONDE_FORMAT_AUTO, "BROKEN" },
  { &types.flag, 1, SONDE_FORMAT_AUTO, "true" },
  { &types.access, 7, SONDE_FORMAT_AUTO, "READ|WRITE|EXEC" },
  { &types.access, 6, SONDE_FORMAT_ENUM, "WRITE|EXEC" },
  { &types.access, 0, SONDE_FORMAT_AUTO, "0" },
  { &types.access, 8, SONDE_FORMAT_AUTO, "8" },
  { &types.access, 6, SONDE_FORMAT_DECIMAL, "6" },
  { &types.access_field, 5, SONDE_FORMAT_AUTO, "READ|EXEC" },
  { &types.utf8, 'A', SONDE_FORMAT_AUTO, "'A'" },
  { &types.utf8, 0xc3, SONDE_FORMAT_AUTO, "'\\xc3'" },
  { &types.utf16, 0x20ac, SONDE_FORMAT_AUTO, "'\xe2\x82\xac'" },
  { &types.utf16, 0xd800, SONDE_FORMAT_AUTO, "0xD800" },
  { &types.utf16, 0x85, SONDE_FORMAT_AUTO, "0x0085" },
  { &types.utf32, 0x1f600, SONDE_FORMAT_CHAR, "'\xf0\x9f\x98\x80'" },
  { &types.utf32, 0x202e, SONDE_FORMAT_AUTO, "0x0000202E" },
  { &types.utf32, 0xffffffff, SONDE_FORMAT_AUTO, "0xFFFFFFFF" },
  { &types.utf32, 65, SONDE_FORMAT_DECIMAL, "65" },
  { &types.code, 0x8000101, SONDE_FORMAT_AUTO, "motor_step" },
  { &types.code, 0x8000101, SONDE_FORMAT_HEX, "0x08000101" },
  { &types.code, 0x8000150, SONDE_FORMAT_AUTO, "0x08000150" },
  { &types.f32, 0x3f800000, SONDE_FORMAT_HEX, "1" },
  { &types.f32, 0x3dcccccd, SONDE_FORMAT_AUTO, "0.1" },
};
// clang-format on

static void
test_output (void)
{
  const SondeValue none = SONDE_VALUE_INIT;
  const SondeValue raw = { SONDE_VALUE_RAW, 3, { .raw = { 1, 0xab, 0 } } };
  g_autofree char *nothing = sonde_text_from_value (types.u8, &none, SONDE_FORMAT_AUTO);
  g_autofree char *bytes = sonde_text_from_value (types.u8, &raw, SONDE_FORMAT_AUTO);

  g_assert_cmpstr (nothing, ==, "");
  g_assert_cmpstr (bytes, ==, "01 ab 00");
  for (guint i = 0; i < G_N_ELEMENTS (outputs); i++)
    {
      const SondeValue value = sonde_value_from_bits (*outputs[i].type, outputs[i].bits);
      g_autofree char *text = sonde_text_from_value (*outputs[i].type, &value, outputs[i].format);

      g_assert_cmpstr (text, ==, outputs[i].text);
    }
}

/* What is shown may be typed again, in every format, and means the same. */
static void
test_round_trip (void)
{
  SondeType *const *all = (SondeType *const *) &types;
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);

  for (guint i = 0; i < sizeof types / sizeof *all; i++)
    for (guint k = 0; k < 300; k++)
      {
        const guint64 bits = (guint64) g_rand_int (rand) << 32 | g_rand_int (rand);
        const gboolean is_bool = all[i] == types.truth || all[i] == types.flag;
        const SondeValue value = sonde_value_from_bits (all[i], is_bool ? bits & 1 : bits);
        g_autofree char *text = sonde_text_from_value (all[i], &value, (SondeFormat) (k % 6));
        g_autoptr (GError) error = NULL;
        SondeValue back;

        g_assert_true (sonde_text_to_value (all[i], text, &back, &error));
        g_assert_no_error (error);
        if (!sonde_value_equal (&value, &back))
          g_error ("%s of type %s", text, sonde_type_get_name (all[i]));
      }
}

static void
test_json (void)
{
  static const struct
  {
    SondeValue value;
    const char *text;
  } cases[] = {
    { SONDE_VALUE_INIT, "null" },
    { { SONDE_VALUE_SIGNED, 0, { .i = -5 } }, "-5" },
    { { SONDE_VALUE_UNSIGNED, 0, { .u = G_GUINT64_CONSTANT (9007199254740992) } },
      "9007199254740992" },
    { { SONDE_VALUE_UNSIGNED, 0, { .u = G_GUINT64_CONSTANT (9007199254740993) } },
      "\"9007199254740993\"" },
    { { SONDE_VALUE_UNSIGNED, 0, { .u = G_MAXUINT64 } }, "\"18446744073709551615\"" },
    { { SONDE_VALUE_SIGNED, 0, { .i = G_MININT64 } }, "-9223372036854775808" },
    { { SONDE_VALUE_SIGNED, 0, { .i = G_MININT64 + 1 } }, "\"-9223372036854775807\"" },
    { { SONDE_VALUE_FLOAT32, 0, { .f = 0.1f } }, "0.1" },
    { { SONDE_VALUE_FLOAT64, 0, { .f = NAN } }, "\"nan\"" },
    { { SONDE_VALUE_FLOAT64, 0, { .f = -INFINITY } }, "\"-inf\"" },
    { { SONDE_VALUE_RAW, 2, { .raw = { 1, 2 } } }, "\"01 02\"" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = sonde_text_json_value (&cases[i].value);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_chars (void)
{
  g_autofree char *text = sonde_text_from_chars ((const guint8 *) "hello\0x", 7);
  g_autofree char *full = sonde_text_from_chars ((const guint8 *) "abc", 3);
  g_autofree char *odd = sonde_text_from_chars ((const guint8 *) "\033\xff", 2);
  g_autofree char *none = sonde_text_from_chars (NULL, 0);
  g_autoptr (GError) error = NULL;
  guint8 data[4];

  g_assert_cmpstr (text, ==, "hello");
  g_assert_cmpstr (full, ==, "abc");
  g_assert_cmpstr (odd, ==, "\xe2\x90\x9b\xef\xbf\xbd");
  g_assert_cmpstr (none, ==, "");
  g_assert_true (sonde_text_to_chars ("hi", data, 4, &error));
  g_assert_cmpmem (data, 4, "hi\0\0", 4);
  g_assert_true (sonde_text_to_chars ("four", data, 4, &error));
  g_assert_cmpmem (data, 4, "four", 4);
  g_assert_false (sonde_text_to_chars ("fives", data, 4, &error));
  g_assert_error (error, SONDE_TYPE_ERROR, SONDE_TYPE_ERROR_RANGE);
  g_assert_cmpstr (error->message, ==, "fives: 5 bytes, there is room for 4");
}

static void
test_formats (void)
{
  SondeFormat format;

  for (guint i = SONDE_FORMAT_AUTO; i <= SONDE_FORMAT_ENUM; i++)
    {
      g_assert_true (sonde_format_from_name (sonde_format_name ((SondeFormat) i), &format));
      g_assert_cmpuint (format, ==, i);
    }
  g_assert_cmpstr (sonde_format_name (SONDE_FORMAT_BINARY), ==, "bin");
  g_assert_false (sonde_format_from_name ("octal", &format));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  make_types ();
  g_test_add_func ("/text/input", test_input);
  g_test_add_func ("/text/error-codes", test_error_codes);
  g_test_add_func ("/text/output", test_output);
  g_test_add_func ("/text/round-trip", test_round_trip);
  g_test_add_func ("/text/json", test_json);
  g_test_add_func ("/text/chars", test_chars);
  g_test_add_func ("/text/formats", test_formats);
  const int result = g_test_run ();
  free_types ();
  return result;
}
