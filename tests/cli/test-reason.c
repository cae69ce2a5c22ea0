/* test-reason.c: what the firmware knows of a name becomes one line of an error */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/reason.h"

#include <string.h>

typedef struct
{
  const char *answers; /* a line each */
  const char *line;
} Case;

// clang-format off
static const Case cases[] = {
  { "local in motor_step() (motor.c:118)",
    "x: local in motor_step() (motor.c:118); watch something static instead" },
  { "parameter of f() (a.c:1)", "x: parameter of f() (a.c:1); watch something static instead" },
  { "constant 42", "x: constant 42; it never changes, use the number" },
  { "a member of struct motor: write motor.speed", "x: a member of struct motor; write motor.speed" },
  { "a type: write (motor_t*)ADDRESS", "x: a type; write (motor_t*)ADDRESS" },
  { "a linker symbol at 0x20005000: read it as 0x20005000:u32",
    "x: a linker symbol at 0x20005000; read it as 0x20005000:u32" },
  { "removed by the linker", "x: removed by the linker; use it in the program, or have the linker keep it" },
  { "something new", "x: something new; name a variable" },
  { "local in f() (a.c:1)\na member of struct s: write s.x\nmacro 4\nmacro 5",
    "x: local in f() (a.c:1), or a member of struct s: write s.x, or macro 4; watch something static instead" },
  { "a variable (a.c:1): write a.c::x\na variable (b.c:2): write b.c::x",
    "x: a variable (a.c:1), or a variable (b.c:2); write a.c::x or b.c::x" },
  { "", NULL },
};
// clang-format on

static void
test_write (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) lines = g_strsplit (cases[i].answers, "\n", -1);
      g_autoptr (GPtrArray) answers = g_ptr_array_new ();

      for (guint k = 0; lines[k] != NULL; k++)
        g_ptr_array_add (answers, lines[k]);
      g_autofree char *line = sonde_reason_write ("x", answers);
      g_assert_cmpstr (line, ==, cases[i].line);
    }
}

/* A file that is gone meanwhile: there is no answer, and no complaint about it either. */
static void
test_no_file (void)
{
  g_assert_null (sonde_reason_dup ("/nonexistent.elf", "x"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reason/write", test_write);
  g_test_add_func ("/reason/no-file", test_no_file);
  return g_test_run ();
}
