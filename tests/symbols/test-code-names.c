/* test-code-names.c: functions by address and by name, and pointers to them */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/code-names.h"

#include <string.h>

#include "symbols/symbol-image-writer.h"
#include "symbols/symbol-table.h"
#include "types/text.h"

static void
add_place (SondeImageWriter *writer, const char *name, guint64 address, guint64 size, guint flags)
{
  const SondeImagePlace row = { .name = sonde_image_writer_text (writer, name),
                                .section = SONDE_IMAGE_NO_SECTION,
                                .flags = flags,
                                .address = address,
                                .size = size };

  sonde_image_writer_add_place (writer, &row);
}

/* One variable "handler", a pointer to a function. */
static GBytes *
make_image (const char *machine)
{
  g_autoptr (SondeImageWriter) writer = sonde_image_writer_new ();
  const SondeImageType none = { .kind = SONDE_KIND_OPAQUE };
  SondeImageType pointer = { .kind = SONDE_KIND_POINTER,
                             .encoding = SONDE_ENCODING_ADDRESS,
                             .flags = SONDE_IMAGE_TYPE_CODE,
                             .size = 4 };
  SondeImageVariable variable = { .section = SONDE_IMAGE_NO_SECTION, .address = 0x20000000 };
  SondeImageFacts facts = { .pointer_size = 4 };
  const guint thumb = SONDE_IMAGE_PLACE_FUNCTION | SONDE_IMAGE_PLACE_THUMB;

  sonde_image_writer_type (writer, &none, NULL, NULL, NULL);
  pointer.name = sonde_image_writer_text (writer, "void (*)(void)");
  variable.path = sonde_image_writer_text (writer, "handler");
  variable.type = sonde_image_writer_type (writer, &pointer, NULL, NULL, NULL);
  sonde_image_writer_add_variable (writer, &variable);
  add_place (writer, "motor_step", 0x100, 0x20, thumb);
  add_place (writer, "literals", 0x110, 0x8, 0);
  add_place (writer, "bus::send(int)", 0x120, 0x10, thumb);
  add_place (writer, "bus::sender()", 0x130, 0x10, thumb);
  add_place (writer, "twice", 0x140, 0x10, thumb);
  add_place (writer, "twice", 0x150, 0x10, thumb);
  add_place (writer, "old", 0x160, 0x10, SONDE_IMAGE_PLACE_FUNCTION);
  add_place (writer, "unsized", 0x170, 0, thumb);
  facts.machine = sonde_image_writer_text (writer, machine);
  return sonde_image_writer_finish (writer, &facts);
}

typedef struct
{
  const char *machine;
  guint64 address;
  const char *name;
} Case;

static const Case cases[] = {
  { "ARM", 0x101, "motor_step" },
  { "ARM", 0x100, "motor_step" },
  { "ARM", 0x113, "motor_step+0x12" },
  { "ARM", 0x11f, "motor_step+0x1e" },
  { "ARM", 0x121, "bus::send(int)" },
  { "ARM", 0x161, "old" },
  { "ARM", 0x171, "unsized" },
  { "ARM", 0x173, NULL },
  { "ARM", 0xff, NULL },
  { "ARM", 0, NULL },
  { "ARM", G_MAXUINT64, NULL },
  { "x86-64", 0x100, "motor_step" },
  { "x86-64", 0x101, "motor_step+0x1" },
};

static void
test_addresses (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) bytes = make_image (cases[i].machine);
      SondeSymbolImage image;

      g_assert_true (sonde_symbol_image_open (&image, bytes, NULL));
      g_autofree char *name = sonde_code_names_dup_name (&image, cases[i].address);
      g_assert_cmpstr (name, ==, cases[i].name);
      sonde_symbol_image_close (&image);
    }
}

static void
test_names (void)
{
  static const struct
  {
    const char *name;
    guint64 address; /* 0: not found */
  } rows[] = {
    { "motor_step", 0x101 },
    { "motor_step+0x12", 0x113 },
    { "bus::send", 0x121 },
    { "bus::send(int)", 0x121 },
    { "bus::sender", 0x131 },
    { "old", 0x160 },
    { "unsized", 0x171 },
    { "twice", 0 },
    { "literals", 0 },
    { "motor", 0 },
    { "", 0 },
    { "+0x1", 0 },
    { "motor_step+0x", 0 },
    { "motor_step+0x20", 0 },
    { "motor_step+0x1g", 0 },
    { "bus::send(", 0 },
  };
  g_autoptr (GBytes) bytes = make_image ("ARM");
  SondeSymbolImage image;

  g_assert_true (sonde_symbol_image_open (&image, bytes, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      guint64 address = 0;

      g_assert_cmpint (sonde_code_names_find (&image, rows[i].name, &address), ==,
                       rows[i].address != 0);
      g_assert_cmphex (address, ==, rows[i].address);
    }
  sonde_symbol_image_close (&image);
}

/* The type outlives the table: it holds the image, and the image nothing that holds the type. */
static void
test_pointer (void)
{
  g_autoptr (GBytes) bytes = make_image ("ARM");
  g_autoptr (GError) error = NULL;
  SondeSymbolTable *table = sonde_symbol_table_new_from_bytes (bytes, "fw.elf", &error);
  SondeValue value;

  g_assert_no_error (error);
  g_autoptr (SondeVariable) handler = sonde_symbol_table_dup_variable (table, 0);
  g_autoptr (SondeType) type = sonde_type_ref (sonde_variable_get_type (handler));
  sonde_symbol_table_unref (table);
  g_assert_true (sonde_type_is_code_pointer (type));
  g_assert_cmpint (sonde_type_get_kind (type), ==, SONDE_KIND_POINTER);
  g_assert_true (sonde_text_to_value (type, "bus::send", &value, &error));
  g_assert_no_error (error);
  g_assert_cmphex (value.u, ==, 0x121);
  g_autofree char *text = sonde_text_from_value (type, &value, SONDE_FORMAT_AUTO);
  g_autofree char *json = sonde_text_json_value (&value);
  g_assert_cmpstr (text, ==, "bus::send(int)");
  g_assert_cmpstr (json, ==, "289");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/code-names/addresses", test_addresses);
  g_test_add_func ("/code-names/names", test_names);
  g_test_add_func ("/code-names/pointer", test_pointer);
  return g_test_run ();
}
