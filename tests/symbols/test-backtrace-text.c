/* test-backtrace-text.c: addresses of code, alone and in lines of text; the lines are made up */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/backtrace-text.h"

#include <string.h>

#include "symbols/symbol-image-writer.h"

/* Stands in for the table of a file: a line for every two bytes of motor_step() and a line 0, that
 * is the compiler's own code. */
gboolean
sonde_line_table_find (const SondeLineTable *self, guint64 address, SondeLine *line)
{
  *line = (SondeLine){ "/src/app/motor.c", 100 + (guint) (address - 0x08000100) / 2, 5 };
  if (address == 0x08000104)
    line->line = 0;
  if (address == 0x08000106)
    line->column = 0;
  return address >= 0x08000100 && address < 0x08000120;
}

static const SondeLineTable *
get_lines (void)
{
  static const int some;

  return (const SondeLineTable *) &some;
}

static void
add_section (SondeImageWriter *writer, const char *name, guint64 address, guint flags)
{
  const SondeImageSection row = { .name = sonde_image_writer_text (writer, name),
                                  .flags = SONDE_IMAGE_SECTION_ALLOC | flags,
                                  .address = address,
                                  .load_address = address,
                                  .size = 0x1000 };

  sonde_image_writer_add_section (writer, &row);
}

static void
add_place (SondeImageWriter *writer, const char *name, guint64 address, guint64 size, guint flags)
{
  const SondeImagePlace row = { .name = sonde_image_writer_text (writer, name),
                                .section = flags != 0 ? 0 : 1,
                                .flags = flags,
                                .address = address,
                                .size = size };

  sonde_image_writer_add_place (writer, &row);
}

static SondeSymbolTable *
new_table (const char *machine)
{
  g_autoptr (SondeImageWriter) writer = sonde_image_writer_new ();
  const SondeImageFacts facts
      = { .pointer_size = 4, .machine = sonde_image_writer_text (writer, machine) };
  g_autoptr (GError) error = NULL;
  SondeSymbolTable *table;

  add_section (writer, ".text", 0x08000000, SONDE_IMAGE_SECTION_EXEC);
  add_section (writer, ".data", 0x20000000, SONDE_IMAGE_SECTION_WRITE);
  add_place (writer, "motor_step", 0x08000100, 0x20, SONDE_IMAGE_PLACE_FUNCTION);
  add_place (writer, "bus::send(int)", 0x08000120, 0x10, SONDE_IMAGE_PLACE_FUNCTION);
  add_place (writer, "table", 0x08000140, 0x10, 0);
  add_place (writer, "motor", 0x20000010, 0x10, 0);
  g_autoptr (GBytes) image = sonde_image_writer_finish (writer, &facts);
  table = sonde_symbol_table_new_from_bytes (image, "fw.elf", &error);
  g_assert_no_error (error);
  return table;
}

/* -- one address -- */

typedef struct
{
  const char *name, *machine;
  guint64 address;
  SondeCodeUse use;
  gboolean is_known;
  const char *text;
} Case;

/* clang-format off */
static const Case cases[] = {
  { "first",    "ARM",    0x08000100, SONDE_CODE_EXACT,  TRUE,  "motor_step() motor.c:100:5" },
  { "thumb",    "ARM",    0x08000103, SONDE_CODE_EXACT,  TRUE,  "motor_step() motor.c:101:5" },
  { "odd",      "x86-64", 0x08000103, SONDE_CODE_EXACT,  TRUE,  "motor_step() motor.c:101:5" },
  { "return",   "ARM",    0x08000109, SONDE_CODE_RETURN, TRUE,  "motor_step() motor.c:103:5" },
  { "end",      "ARM",    0x08000121, SONDE_CODE_RETURN, TRUE,  "motor_step() motor.c:115:5" },
  { "compiler", "ARM",    0x08000104, SONDE_CODE_EXACT,  TRUE,  "motor_step()+0x4" },
  { "column",   "ARM",    0x08000106, SONDE_CODE_EXACT,  TRUE,  "motor_step() motor.c:103" },
  { "demangled", "ARM",   0x08000122, SONDE_CODE_EXACT,  TRUE,  "bus::send(int)+0x2" },
  { "data-in-code", "ARM", 0x08000142, SONDE_CODE_EXACT, FALSE, "?? (code without a name or a line)" },
  { "nameless", "ARM",    0x08000800, SONDE_CODE_EXACT,  FALSE, "?? (code without a name or a line)" },
  { "data",     "ARM",    0x20000010, SONDE_CODE_EXACT,  FALSE, "?? (in data, not in code)" },
  { "outside",  "ARM",    0x40000000, SONDE_CODE_EXACT,  FALSE, "?? (in no section of this file)" },
  { "zero",     "ARM",    0,          SONDE_CODE_RETURN, FALSE, "?? (in no section of this file)" },
  { "largest",  "ARM",    G_MAXUINT64, SONDE_CODE_EXACT, FALSE, "?? (in no section of this file)" },
};
/* clang-format on */

static void
test_place (gconstpointer data)
{
  const Case *test = data;
  g_autoptr (SondeSymbolTable) table = new_table (test->machine);
  g_autofree char *text = NULL;
  SondeCodePlace place;

  g_assert_cmpint (sonde_code_place_find (table, get_lines (), test->address, test->use, &place),
                   ==, test->is_known);
  text = sonde_code_place_describe (&place);
  g_assert_cmpstr (text, ==, test->text);
  g_assert_cmpuint (place.address, ==, test->address);
  g_assert_true ((place.why == NULL) == test->is_known);
}

static void
test_fields (void)
{
  g_autoptr (SondeSymbolTable) table = new_table ("ARM");
  SondeCodePlace place;

  g_assert_true (sonde_code_place_find (table, get_lines (), 0x0800010b, SONDE_CODE_EXACT, &place));
  g_assert_cmpstr (place.function, ==, "motor_step");
  g_assert_cmpuint (place.offset, ==, 10);
  g_assert_cmpstr (place.file, ==, "/src/app/motor.c");
  g_assert_cmpuint (place.line, ==, 105);
  g_assert_cmpuint (place.column, ==, 5);
  g_assert_true (sonde_code_place_find (table, NULL, 0x08000109, SONDE_CODE_RETURN, &place));
  g_assert_cmpuint (place.offset, ==, 8);
  g_assert_cmpstr (place.file, ==, "");
  g_assert_cmpuint (place.line, ==, 0);
}

/* -- text -- */

typedef struct
{
  const char *name, *text, *resolved;
} TextCase;

#define STEP "(motor_step() motor.c:100:5)"

/* clang-format off */
static const TextCase texts[] = {
  { "plain",    "pc=0x8000100!",            "pc=0x8000100 " STEP "!" },
  { "capital",  "PC: 0X08000100",           "PC: 0X08000100 " STEP },
  { "bare",     "at 08000100, ok",          "at 08000100 " STEP ", ok" },
  { "sixteen",  "0000000008000100",         "0000000008000100 " STEP },
  { "pair",     "0x08000100:0x20000010",    "0x08000100 " STEP ":0x20000010" },
  { "caller",   "Backtrace: 0x08000101 0x08000108",
                "Backtrace: 0x08000101 " STEP " 0x08000108 (motor_step() motor.c:103:5)" },
  { "pointer",  "0x08000108 calls 0x08000121",
                "0x08000108 (motor_step() motor.c:104:5) calls 0x08000121 (bus::send(int)+0x0)" },
  { "lr",       "LR = 0x08000108",          "LR = 0x08000108 (motor_step() motor.c:103:5)" },
  { "lr-word",  "clr 0x08000108",           "clr 0x08000108 (motor_step() motor.c:104:5)" },
  { "frame-0",  "#0  0x08000108 in x",      "#0  0x08000108 (motor_step() motor.c:104:5) in x" },
  { "frame-1",  " #1 0x08000108 in x",      " #1 0x08000108 (motor_step() motor.c:103:5) in x" },
  { "number-1", " 12: 0x08000108",          " 12: 0x08000108 (motor_step() motor.c:103:5)" },
  { "number-0", "0: 0x08000108",            "0: 0x08000108 (motor_step() motor.c:104:5)" },
  { "number-pointer", "1: 0x08000100",      "1: 0x08000100 " STEP },
  { "number-time", "1234: 0x08000108",      "1234: 0x08000108 (motor_step() motor.c:104:5)" },
  { "frame-big", "#1000 0x08000108",        "#1000 0x08000108 (motor_step() motor.c:104:5)" },
  { "frame-only", "#1",                     NULL },
  { "in-word",  "a0x08000100 x08000100 08000100_ deadbeef08000100x", NULL },
  { "digits",   "8000100 080001000 0x 0x00000000008000100", NULL },
  { "data",     "r0 0x20000010 r1 0x00000000 r2 12345678", NULL },
  { "letters",  "\303\26408000100 caf\303\251 0x", NULL },
  { "empty",    "",                         NULL },
};
/* clang-format on */

static void
test_text (gconstpointer data)
{
  const TextCase *test = data;
  g_autoptr (SondeSymbolTable) table = new_table ("ARM");
  g_autofree char *text = sonde_backtrace_text_resolve (table, get_lines (), test->text);

  g_assert_cmpstr (text, ==, test->resolved != NULL ? test->resolved : test->text);
}

static void
test_spans (void)
{
  g_autoptr (SondeSymbolTable) table = new_table ("ARM");
  const char *text = "at 0x08000100 from 08000124, 0x08000100";
  g_autoptr (GArray) spans = sonde_backtrace_text_find (table, get_lines (), text, 30);
  const SondeCodeSpan *span;

  g_assert_cmpuint (spans->len, ==, 2); /* the third is behind the length */
  span = &g_array_index (spans, SondeCodeSpan, 1);
  g_assert_cmpuint (span->start, ==, 19);
  g_assert_cmpuint (span->length, ==, 8);
  g_assert_cmpuint (span->place.address, ==, 0x08000124);
  g_assert_cmpint (span->use, ==, SONDE_CODE_RETURN);
  g_assert_cmpstr (span->place.function, ==, "bus::send(int)");
  g_assert_cmpint (g_array_index (spans, SondeCodeSpan, 0).use, ==, SONDE_CODE_EXACT);
}

/* A dump of a megabyte is read once, and its first addresses only. */
static void
test_long_text (void)
{
  g_autoptr (SondeSymbolTable) table = new_table ("ARM");
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GArray) spans = NULL;

  for (guint i = 0; i < 100000; i++)
    g_string_append (text, "08000100 ");
  spans = sonde_backtrace_text_find (table, get_lines (), text->str, (gssize) text->len);
  g_assert_cmpuint (spans->len, ==, 64);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strconcat ("/backtrace-text/place/", cases[i].name, NULL);

      g_test_add_data_func (name, &cases[i], test_place);
    }
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *name = g_strconcat ("/backtrace-text/text/", texts[i].name, NULL);

      g_test_add_data_func (name, &texts[i], test_text);
    }
  g_test_add_func ("/backtrace-text/fields", test_fields);
  g_test_add_func ("/backtrace-text/spans", test_spans);
  g_test_add_func ("/backtrace-text/long", test_long_text);
  return g_test_run ();
}
