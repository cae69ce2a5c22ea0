/* test-type-names.c: types by the names people write, and names that several types have */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/type-names.h"

#include <string.h>

#include "small-image.h"
#include "types/text.h"

static void
test_squeeze (void)
{
  static const char *const cases[][2] = {
    { "struct  motor", "struct motor" },
    { "const volatile motor_t", "motor_t" },
    { "long unsigned int", "unsigned long" },
    { "unsigned", "unsigned int" },
    { "int unsigned", "unsigned int" },
    { "long long int", "long long" },
    { "short int", "short" },
    { "char", "char" },
    { "signed char", "signed char" },
    { "unsigned char", "unsigned char" },
    { "long double", "long double" },
    { "ns :: Thing< int , const char >", "ns::Thing<int,const char>" },
    { "motor_t * const *", "motor_t**" },
    { "", "" },
    { "   ", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *squeezed = sonde_type_name_squeeze (cases[i][0], strlen (cases[i][0]));

      g_assert_cmpstr (squeezed, ==, cases[i][1]);
    }
}

static SondeSymbolTable *
make_table (void)
{
  g_autoptr (SondeImageWriter) writer = sonde_image_writer_new ();
  const guint32 number = small_number (writer, "int", SONDE_ENCODING_SIGNED, 4);
  const guint32 types[] = { number, number };
  const SondeImageType declared
      = { .kind = SONDE_KIND_OPAQUE, .name = sonde_image_writer_text (writer, "struct motor") };

  sonde_image_writer_type (writer, &declared, NULL, NULL, NULL);
  small_struct (writer, "struct motor", (const char *const[]){ "a", NULL }, types);
  small_struct (writer, "const struct motor", (const char *const[]){ "a", NULL }, types);
  small_struct (writer, "motor_t", (const char *const[]){ "a", NULL }, types);
  small_struct (writer, "struct twice", (const char *const[]){ "a", NULL }, types);
  small_struct (writer, "struct twice", (const char *const[]){ "x", "y", NULL }, types);
  small_struct (writer, "one::Thing", (const char *const[]){ "o", NULL }, types);
  small_struct (writer, "two::Thing", (const char *const[]){ "t", NULL }, types);
  small_struct (writer, "two::Other", (const char *const[]){ "t", NULL }, types);
  small_variable (writer, "v", number, 0x100, NULL);
  return small_finish (writer);
}

static void
test_found (void)
{
  static const struct
  {
    const char *name, *found;
  } cases[] = {
    { "struct motor", "motor" },      { "motor", "motor" },
    { "motor_t", "motor_t" },         { "struct motor_t", "motor_t" },
    { "one::Thing", "one::Thing" },   { "Other", "two::Other" },
    { "struct Other", "two::Other" }, { "int", "int" },
  };
  g_autoptr (SondeSymbolTable) table = make_table ();
  g_autoptr (SondeTypeNames) names = sonde_type_names_new (table);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SondeType) type = sonde_type_names_dup (names, cases[i].name, &error);

      g_test_message ("%s", cases[i].name);
      g_assert_no_error (error);
      g_assert_nonnull (type);
      g_assert_true (g_str_has_suffix (sonde_type_get_name (type), cases[i].found));
      g_assert_cmpuint (sonde_type_get_size (type), ==, 4);
    }
}

static void
test_not_found (void)
{
  static const char *const unknown[] = { "moto", "thing", "" };
  static const struct
  {
    const char *name, *part;
  } several[] = { { "twice", "struct twice of 8 bytes (x, ..)" }, { "Thing", "one::Thing" } };
  g_autoptr (SondeSymbolTable) table = make_table ();
  g_autoptr (SondeTypeNames) names = sonde_type_names_new (table);

  for (guint i = 0; i < G_N_ELEMENTS (unknown); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (sonde_type_names_dup (names, unknown[i], &error));
      g_assert_no_error (error);
    }
  for (guint i = 0; i < G_N_ELEMENTS (several); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (sonde_type_names_dup (names, several[i].name, &error));
      g_assert_error (error, SONDE_TYPE_ERROR, SONDE_TYPE_ERROR_PATH);
      g_assert_nonnull (strstr (error->message, several[i].part));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/type-names/squeeze", test_squeeze);
  g_test_add_func ("/type-names/found", test_found);
  g_test_add_func ("/type-names/not-found", test_not_found);
  return g_test_run ();
}
