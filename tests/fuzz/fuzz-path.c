/* fuzz-path.c: any bytes as a path, taken apart and followed into a variable */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "types/path.h"

#include <string.h>

#include "types/variable.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* struct { int a; struct { int b[3]; }; } */
static SondeVariable *
new_variable (void)
{
  g_autoptr (SondeType) number
      = sonde_type_new_base (SONDE_KIND_NUMBER, "int", SONDE_ENCODING_SIGNED, TRUE, 4);
  g_autoptr (SondeType) numbers = sonde_type_new_array (NULL, number, 3);
  const SondeMember inner_members[] = { { "b", numbers, 0 } };
  g_autoptr (SondeType) inner
      = sonde_type_new_struct (SONDE_KIND_STRUCT, NULL, 12, inner_members, 1);
  const SondeMember members[] = { { "a", number, 0 }, { NULL, inner, 4 } };
  g_autoptr (SondeType) type = sonde_type_new_struct (SONDE_KIND_STRUCT, "s", 16, members, 2);

  return sonde_variable_new (&(SondeVariableInfo){ .path = "v", .type = type });
}

static void
take_apart (const char *path)
{
  const char *end = path + strlen (path);
  const char *cursor = path;
  SondeStep step;

  while (sonde_path_next (&cursor, &step))
    {
      g_assert_true (step.length > 0 && step.text >= path && step.text + step.length <= cursor);
      g_assert_true (cursor <= end);
    }
  g_assert_cmpuint (sonde_path_root_length (path), <=, strlen (path));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *path = g_strndup ((const char *) data, size);
  g_autoptr (SondeVariable) variable = new_variable ();
  g_autoptr (GError) error = NULL;

  take_apart (path);
  g_autoptr (SondeVariable) found = sonde_variable_dup_by_path (variable, path, &error);
  g_assert_true ((found == NULL) == (error != NULL));
  if (found != NULL)
    {
      g_assert_cmpuint (sonde_variable_get_address (found), <, 16);
      g_assert_true (g_str_has_prefix (sonde_variable_get_path (found), "v"));
    }
  return 0;
}
